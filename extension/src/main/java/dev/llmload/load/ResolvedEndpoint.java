package dev.llmload.load;

import dev.llmload.junit.Api;
import dev.llmload.load.counters.ServedModel;
import dev.llmload.load.preflight.Preflight;
import dev.llmload.load.send.Target;
import dev.llmload.load.wire.EndpointSettings;
import dev.llmload.protocol.RequestBodies;
import java.net.URI;
import java.util.List;
import java.util.Optional;

/** The endpoint of a session: as it was configured, and what was found out about it since. Used by one thread. */
final class ResolvedEndpoint {
    private final EndpointSettings settings;
    private final RequestSettings request;
    private final Expectations expectations;
    private Optional<Preflight> preflight = Optional.empty();
    private Optional<ServedModel> served = Optional.empty();

    ResolvedEndpoint(EndpointSettings settings, RequestSettings request, Expectations expectations) {
        this.settings = settings;
        this.request = request;
        this.expectations = expectations;
    }

    /** What the pre-flight found out. */
    void found(Preflight result, ServedModel model) {
        preflight = Optional.of(result);
        served = Optional.of(model);
    }

    /** The server turned out to reject the usage option. */
    void withoutUsageOption() {
        preflight = Optional.of(preflight
                .map(old -> new Preflight(
                        old.api(), old.model(), old.endpoint(), false, old.server(), old.requests(), old.notes()))
                .orElseGet(() -> new Preflight(api(), model(), uri(), false, "", 0, List.of())));
    }

    EndpointSettings settings() {
        return settings;
    }

    RequestSettings request() {
        return request;
    }

    Expectations expectations() {
        return expectations;
    }

    /** Which model its counters are to be read of. */
    ServedModel served() {
        return served.orElseGet(() -> ServedModel.of(model()));
    }

    /** What requests have in common. */
    Target target() {
        return new Target(
                uri(),
                new RequestBodies(api(), model(), request.maxTokens(), request.temperature(), request.extraBody()),
                preflight.map(Preflight::usageOption).orElse(true),
                settings.tokenCount(),
                settings.timeouts(),
                settings.secrets(),
                expectations.answers());
    }

    /**
     * The model that requests name.
     *
     * @throws IllegalArgumentException if none is configured, and none was found out
     */
    String model() {
        String model = preflight.map(Preflight::model).orElse(settings.model());
        if (model.isBlank()) {
            throw new IllegalArgumentException(
                    "no model is configured, and without the pre-flight the endpoint is not asked for one; configure it");
        }
        return model;
    }

    private URI uri() {
        return preflight.map(Preflight::endpoint).orElseGet(() -> settings.url().of(api()));
    }

    private Api api() {
        return preflight.map(Preflight::api).orElseGet(this::configuredApi);
    }

    private Api configuredApi() {
        Api api = settings.url().fixedApi().orElse(settings.api());
        return api == Api.AUTO ? Api.CHAT : api;
    }
}
