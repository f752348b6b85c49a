package dev.llmload.load.preflight;

import dev.llmload.junit.Api;
import dev.llmload.load.RequestSettings;
import dev.llmload.load.counters.ServedModel;
import dev.llmload.load.wire.EndpointSettings;
import dev.llmload.protocol.ApiUrl;
import dev.llmload.protocol.RequestBodies;
import io.vertx.core.http.HttpMethod;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Finds out whether the endpoint answers a real completion, with which API and model, and whether it accepts
 * {@code stream_options}. Health pages prove nothing, so none is asked. Used once, by one thread.
 */
public final class PreflightCheck {
    private final EndpointSettings endpoint;
    private final RequestSettings request;
    private final ReadinessProbe ask;
    private final Diagnosis diagnosis;
    private final List<String> notes = new ArrayList<>();
    private ServedModel served = ServedModel.of("");

    public PreflightCheck(EndpointSettings endpoint, RequestSettings request, ReadinessProbe ask) {
        this.endpoint = endpoint;
        this.request = request;
        this.ask = ask;
        this.diagnosis = new Diagnosis(endpoint, request, ask);
    }

    public Preflight run() {
        String model = endpoint.model().isBlank() ? onlyModel() : endpoint.model();
        Api wanted = endpoint.url().fixedApi().orElse(endpoint.api());
        Api api = wanted == Api.AUTO ? Api.CHAT : wanted;
        URI uri = endpoint.url().of(api);
        Probe probe = Probe.of(ask, bodies(api, model), uri);
        if (!probe.works() && wanted == Api.AUTO && !Diagnosis.isOfAnyRequest(probe.answer())) {
            URI other = endpoint.url().completions();
            Probe second = Probe.of(ask, bodies(Api.COMPLETIONS, model), other);
            if (second.works()) {
                notes.add("chat completions do not work here (" + ask.describe(probe.answer())
                        + "), so text completions are used");
                probe = second;
                api = Api.COMPLETIONS;
                uri = other;
            }
        }
        if (!probe.works()) {
            throw diagnosis.of(probe, api, uri, model);
        }
        noteUnlistedModel(model);
        boolean usageOption = acceptsUsageOption(probe, api, uri, model);
        return new Preflight(
                api, model, uri, usageOption, ask.name(probe.plain().server()), ask.requests(), notes);
    }

    private String onlyModel() {
        URI uri = endpoint.url().models();
        ProbeRequest.Answer answer = ask.untilReady(HttpMethod.GET, uri, new byte[0], ProbeRequest.Reading.PLAIN);
        List<String> models = answer.isSuccess() ? ModelList.of(answer.body()) : List.of();
        if (models.size() == 1) {
            notes.add(
                    "the model is not configured; the only one the endpoint lists is used: " + ask.name(models.get(0)));
            return models.get(0);
        }
        if (Diagnosis.isOfAnyRequest(answer)) {
            throw diagnosis.of(new Probe(answer, Optional.empty()), Api.CHAT, uri, "");
        }
        if (models.isEmpty()) {
            throw diagnosis.ofModels(answer, uri);
        }
        throw new EndpointUnusableException("no model is configured, and " + ApiUrl.shown(uri) + " lists "
                + models.size() + ": " + ask.names(models) + "; configure one of them");
    }

    /** What the server's counters may call the model; to be asked after the run. */
    public ServedModel served() {
        return served;
    }

    // Some servers answer for any model name: that is worth a word, not an error.
    private void noteUnlistedModel(String model) {
        List<ModelList.Entry> listed = diagnosis.listed();
        served = ServedModel.of(model, listed);
        List<String> models = listed.stream().map(ModelList.Entry::id).toList();
        if (!models.isEmpty() && !models.contains(model)) {
            notes.add("the endpoint answers for the model " + ask.name(model) + " though it lists only "
                    + ask.names(models) + ": what was measured is whatever it serves");
        }
    }

    private boolean acceptsUsageOption(Probe probe, Api api, URI uri, String model) {
        probe.streamed()
                .ifPresent(known -> notes.add("a plain answer of one token is refused (" + ask.describe(probe.plain())
                        + "), so the pre-flight asked as the test does"));
        Probe.Streamed streamed = probe.streamed().orElseGet(() -> Probe.stream(ask, bodies(api, model), uri, true));
        if (!streamed.answer().isSuccess()) {
            throw diagnosis.ofStream(streamed.answer(), uri);
        }
        if (!streamed.usageOption()) {
            notes.add("the server rejects stream_options, so it is asked without: tokens are known only if it reports"
                    + " them unasked");
        }
        return streamed.usageOption();
    }

    private RequestBodies bodies(Api api, String model) {
        return new RequestBodies(api, model, request.maxTokens(), request.temperature(), request.extraBody());
    }
}
