package dev.llmload.junit;

import dev.llmload.openai.Api;
import dev.llmload.openai.TokenCount;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import org.junit.platform.commons.support.AnnotationSupport;

/**
 * The {@link LlmEndpoint} that holds for a method: of each member the nearest value that is not the default, from the
 * method, its class, and the enclosing classes outwards.
 */
final class EndpointMembers {
    @LlmEndpoint
    private static final class Defaults {}

    private static final LlmEndpoint DEFAULTS = Objects.requireNonNull(Defaults.class.getAnnotation(LlmEndpoint.class));

    private final List<LlmEndpoint> nearestFirst = new ArrayList<>();

    EndpointMembers(Method method, List<Class<?>> classesInnermostFirst) {
        collect(method);
        classesInnermostFirst.forEach(this::collect);
    }

    private void collect(AnnotatedElement element) {
        AnnotationSupport.findAnnotation(element, LlmEndpoint.class).ifPresent(nearestFirst::add);
    }

    String url() {
        return nearest(LlmEndpoint::url);
    }

    String model() {
        return nearest(LlmEndpoint::model);
    }

    String name() {
        return nearest(LlmEndpoint::name);
    }

    Api api() {
        return nearest(LlmEndpoint::api);
    }

    String apiKeyEnv() {
        return nearest(LlmEndpoint::apiKeyEnv);
    }

    List<String> headers() {
        return nearest(endpoint -> List.of(endpoint.headers()));
    }

    String extraBody() {
        return nearest(LlmEndpoint::extraBody);
    }

    TokenCount tokenCount() {
        return nearest(LlmEndpoint::tokenCount);
    }

    String connectTimeout() {
        return nearest(LlmEndpoint::connectTimeout);
    }

    String firstTokenTimeout() {
        return nearest(LlmEndpoint::firstTokenTimeout);
    }

    String stallTimeout() {
        return nearest(LlmEndpoint::stallTimeout);
    }

    String totalTimeout() {
        return nearest(LlmEndpoint::totalTimeout);
    }

    private <T> T nearest(Function<LlmEndpoint, T> member) {
        T byDefault = member.apply(DEFAULTS);
        return nearestFirst.stream()
                .map(member)
                .filter(value -> !value.equals(byDefault))
                .findFirst()
                .orElse(byDefault);
    }
}
