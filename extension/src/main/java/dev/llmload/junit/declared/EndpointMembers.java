package dev.llmload.junit.declared;

import dev.llmload.junit.Api;
import dev.llmload.junit.LlmEndpoint;
import dev.llmload.junit.TokenCount;
import java.lang.reflect.Method;
import java.util.List;
import java.util.function.Function;

/**
 * The {@link LlmEndpoint} that holds for a method: of each member the nearest value that is not the default, from the
 * method, its class, and the enclosing classes outwards. The address is {@link EndpointAddresses}' to find.
 */
final class EndpointMembers {
    @LlmEndpoint
    private static final class Defaults {}

    private final NearestMembers<LlmEndpoint> members;

    EndpointMembers(Method method, List<Class<?>> classesInnermostFirst) {
        this.members = new NearestMembers<>(LlmEndpoint.class, Defaults.class, method, classesInnermostFirst);
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
        return members.nearest(member);
    }
}
