package dev.llmload.junit.declared;

import dev.llmload.junit.EndpointSupplier;
import java.lang.reflect.Field;
import java.lang.reflect.InaccessibleObjectException;
import java.lang.reflect.Member;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.net.URI;
import java.net.URL;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.platform.commons.support.ReflectionSupport;
import org.opentest4j.TestAbortedException;

/** Where the address of an endpoint is declared. What is wrong with one is an IllegalArgumentException. */
sealed interface EndpointAddress {
    /** A text, placeholders as they are; empty if nobody declares an address. */
    record Text(String url) implements EndpointAddress {}

    /** Only the running test knows it. */
    sealed interface Late extends EndpointAddress {
        /** What is wrong with the declaration, as far as that shows before the test runs. */
        void check();

        /** The address, of the invocation that is about to begin. */
        String url(ExtensionContext context);

        /** Where it comes from: {@code `supplier` of @LlmEndpoint, ChatServer}. */
        String words();
    }

    /** A class of the user's. */
    record Supplied(Class<? extends EndpointSupplier> type) implements Late {
        @Override
        public void check() {
            boolean inner = type.isMemberClass() && !Modifier.isStatic(type.getModifiers());
            boolean constructed = java.util.Arrays.stream(type.getDeclaredConstructors())
                    .anyMatch(constructor -> constructor.getParameterCount() == 0);
            if (inner || !constructed || Modifier.isAbstract(type.getModifiers())) {
                throw new IllegalArgumentException("must be a class that implements " + EndpointSupplier.class.getName()
                        + " and has a constructor without parameters, but was `" + type.getName() + "`"
                        + (inner ? ", an inner class: make it static" : ""));
            }
        }

        @Override
        public String url(ExtensionContext context) {
            return address(() -> ReflectionSupport.newInstance(type).url(context));
        }

        @Override
        public String words() {
            return "`supplier` of @LlmEndpoint, " + type.getSimpleName();
        }
    }

    /** A method or field of the test class. */
    record Source(Member member) implements Late {
        private static final Set<Class<?>> TYPES =
                Set.of(String.class, CharSequence.class, URI.class, URL.class, int.class, Integer.class);

        @Override
        public void check() {
            Class<?> type = member instanceof Method method ? method.getReturnType() : ((Field) member).getType();
            if (!TYPES.contains(type)) {
                throw new IllegalArgumentException(
                        "must be a String, a URI, a URL, or the port of a server on this host as an int, but was "
                                + type.getSimpleName());
            }
            if (member instanceof Method method && method.getParameterCount() > 0) {
                throw new IllegalArgumentException("must be a method without parameters, but has "
                        + method.getParameterCount()
                        + "; an EndpointSupplier is told the test's context: @LlmEndpoint(supplier = …)");
            }
        }

        @Override
        public String url(ExtensionContext context) {
            return address(() -> read(target(context)));
        }

        private @Nullable Object target(ExtensionContext context) {
            return Modifier.isStatic(member.getModifiers())
                    ? null
                    : context.getRequiredTestInstances()
                            .findInstance(member.getDeclaringClass())
                            .orElseThrow(() -> new IllegalArgumentException("belongs to "
                                    + member.getDeclaringClass().getName()
                                    + ", of which this test has no instance: make it static"));
        }

        private @Nullable Object read(@Nullable Object target) throws Exception {
            return member instanceof Method method
                    ? ReflectionSupport.invokeMethod(method, target)
                    : ReflectionSupport.tryToReadFieldValue((Field) member, target)
                            .get();
        }

        @Override
        public String words() {
            return "@LlmEndpointSource " + member.getDeclaringClass().getSimpleName() + "." + member.getName()
                    + (member instanceof Method ? "()" : "");
        }
    }

    /** Code of the user's that gives an address. */
    @FunctionalInterface
    interface Given {
        /** Gives it. */
        @Nullable
        Object get() throws Exception;
    }

    private static String address(Given given) {
        Object value;
        try {
            value = given.get();
        } catch (TestAbortedException e) {
            throw e; // an assumption of the user's: the test is skipped
        } catch (InaccessibleObjectException | IllegalAccessException e) {
            throw new IllegalArgumentException("cannot be read: " + e.getMessage(), e);
        } catch (Exception e) {
            throw new IllegalArgumentException("gave no address but failed: " + e, e);
        }
        String text = value instanceof Integer port ? port(port) : value == null ? "" : value.toString();
        return Optional.of(text.strip())
                .filter(url -> !url.isEmpty())
                .orElseThrow(() -> new IllegalArgumentException("gave " + (value == null ? "null" : "an empty address")
                        + " where an address is needed: is its server started before the first level, in @BeforeAll or"
                        + " @BeforeEach?"));
    }

    private static String port(int port) {
        if (port < 1 || port > 65_535) {
            throw new IllegalArgumentException("gave port " + port + ", and a port is from 1 to 65535: is its server"
                    + " started before the first level, in @BeforeAll or @BeforeEach?");
        }
        return "http://localhost:" + port;
    }
}
