package dev.llmload.docs;

import dev.llmload.docs.Page.Block;
import java.net.URI;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.tools.Diagnostic;
import javax.tools.DiagnosticCollector;
import javax.tools.FileObject;
import javax.tools.ForwardingJavaFileManager;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileManager;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.StandardLocation;
import javax.tools.ToolProvider;

/**
 * Compiles a Java block. A whole file begins with its package or imports; the comment {@code java: types} above the fence
 * adds the imports, {@code java: members} a class around them as well.
 */
final class JavaBlock {
    private static final Pattern TYPE = Pattern.compile("(?:class|@interface|interface|record|enum) (\\w+)");

    private static final String IMPORTS = "import static org.junit.jupiter.api.Assertions.*;"
            + "import dev.llmload.junit.*;import dev.llmload.load.*;import dev.llmload.model.*;import dev.llmload.protocol.*;"
            + "import dev.llmload.junit.GpuTelemetry;import dev.llmload.prompt.*;import dev.llmload.result.*;"
            + "import java.lang.annotation.*;import java.lang.annotation.Target;import java.time.*;"
            + "import java.util.*;import org.junit.jupiter.api.*;";

    private static final JavaCompiler COMPILER = ToolProvider.getSystemJavaCompiler();

    /** One for all blocks: reading the class path is most of the work. */
    private static final JavaFileManager FILES =
            new Discarding(COMPILER.getStandardFileManager(null, Locale.ROOT, null));

    private JavaBlock() {}

    /** What the compiler objects to, with lines of the page; empty if nothing. */
    static List<String> errors(Block block) {
        String code = switch (block.marker()) {
            case "java: members" -> IMPORTS + "class Fragment {\n" + block.text() + "}";
            case "java: types" -> IMPORTS + "\n" + block.text();
            default -> "\n" + block.text();
        };
        DiagnosticCollector<JavaFileObject> found = new DiagnosticCollector<>();
        COMPILER.getTask(
                        null,
                        FILES,
                        found,
                        List.of("-proc:none", "-parameters", "-cp", classPath()),
                        null,
                        List.of(new Source(name(code), code)))
                .call();
        return found.getDiagnostics().stream()
                .filter(each -> each.getKind() == Diagnostic.Kind.ERROR)
                .map(each -> block.page() + ":" + (block.line() + each.getLineNumber() - 1) + " "
                        + each.getMessage(Locale.ROOT))
                .toList();
    }

    // What is on this test's class path, and nothing of the tests themselves.
    private static String classPath() {
        return String.join(
                java.io.File.pathSeparator,
                Arrays.stream(System.getProperty("java.class.path").split(java.io.File.pathSeparator))
                        .filter(entry -> !Path.of(entry).endsWith("test-classes"))
                        .toList());
    }

    private static String name(String code) {
        Matcher type = TYPE.matcher(code);
        return type.find() ? type.group(1) : "Fragment";
    }

    private static final class Source extends SimpleJavaFileObject {
        private final String code;

        Source(String name, String code) {
            super(URI.create("string:///" + name + Kind.SOURCE.extension), Kind.SOURCE);
            this.code = code;
        }

        @Override
        public CharSequence getCharContent(boolean ignoreEncodingErrors) {
            return code;
        }
    }

    /** Compiled classes go nowhere. */
    private static final class Discarding extends ForwardingJavaFileManager<JavaFileManager> {
        Discarding(JavaFileManager files) {
            super(files);
        }

        @Override
        public JavaFileObject getJavaFileForOutput(
                Location location, String name, JavaFileObject.Kind kind, FileObject sibling) {
            if (location != StandardLocation.CLASS_OUTPUT) {
                throw new IllegalArgumentException("only classes are expected, but was " + location);
            }
            return new SimpleJavaFileObject(URI.create("mem:///" + name.replace('.', '/') + kind.extension), kind) {
                @Override
                public java.io.OutputStream openOutputStream() {
                    return java.io.OutputStream.nullOutputStream();
                }
            };
        }
    }
}
