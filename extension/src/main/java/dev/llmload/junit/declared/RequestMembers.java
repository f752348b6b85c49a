package dev.llmload.junit.declared;

import dev.llmload.junit.LlmRequest;
import dev.llmload.junit.Reuse;
import java.lang.reflect.Method;
import java.util.List;

/** The {@link LlmRequest} that holds for a method: of each member the nearest value that is not the default. */
final class RequestMembers {
    @LlmRequest
    private static final class Defaults {}

    private final NearestMembers<LlmRequest> members;

    RequestMembers(Method method, List<Class<?>> classesInnermostFirst) {
        this.members = new NearestMembers<>(LlmRequest.class, Defaults.class, method, classesInnermostFirst);
    }

    String prompts() {
        return members.nearest(LlmRequest::prompts);
    }

    Reuse reuse() {
        return members.nearest(LlmRequest::reuse);
    }

    int maxTokens() {
        return members.nearest(LlmRequest::maxTokens);
    }

    double temperature() {
        return members.nearest(LlmRequest::temperature);
    }

    long seed() {
        return members.nearest(LlmRequest::seed);
    }

    String extraBody() {
        return members.nearest(LlmRequest::extraBody);
    }

    List<String> headers() {
        return members.nearest(request -> List.of(request.headers()));
    }
}
