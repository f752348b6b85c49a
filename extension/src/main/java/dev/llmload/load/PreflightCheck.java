package dev.llmload.load;

import dev.llmload.openai.Api;
import dev.llmload.openai.ApiUrl;
import dev.llmload.openai.HttpFailures;
import dev.llmload.openai.RequestBodies;
import dev.llmload.result.ChatMessage;
import dev.llmload.result.Outcome;
import io.vertx.core.http.HttpMethod;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;

/**
 * Finds out whether the endpoint answers a real completion, with which API and model, and whether it accepts
 * {@code stream_options}. Health pages prove nothing, so none is asked. Used once, by one thread.
 */
final class PreflightCheck {
    private static final List<ChatMessage> QUESTION = List.of(new ChatMessage("user", "Say hi."));

    private final EndpointSettings endpoint;
    private final RequestSettings request;
    private final Enquirer ask;
    private final Diagnosis diagnosis;
    private final List<String> notes = new ArrayList<>();

    PreflightCheck(EndpointSettings endpoint, RequestSettings request, Enquirer ask) {
        this.endpoint = endpoint;
        this.request = request;
        this.ask = ask;
        this.diagnosis = new Diagnosis(endpoint, request, ask);
    }

    Preflight run() {
        String model = endpoint.model().isBlank() ? onlyModel() : endpoint.model();
        Api wanted = endpoint.url().fixedApi().orElse(endpoint.api());
        Api api = wanted == Api.AUTO ? Api.CHAT : wanted;
        URI uri = endpoint.url().of(api);
        Inquiry.Answer answer = oneToken(api, uri, model);
        if (!works(answer) && wanted == Api.AUTO && !Diagnosis.isAboutTheKey(answer)) {
            URI other = endpoint.url().completions();
            if (works(oneToken(Api.COMPLETIONS, other, model))) {
                notes.add("chat completions do not work here (" + ask.describe(answer)
                        + "), so text completions are used");
                answer = new Inquiry.Answer(Outcome.OK, 200, "", answer.server(), "{}", "");
                api = Api.COMPLETIONS;
                uri = other;
            }
        }
        if (!works(answer)) {
            throw diagnosis.of(answer, api, uri, model);
        }
        noteUnlistedModel(model);
        boolean usageOption = acceptsUsageOption(api, uri, model);
        return new Preflight(api, model, uri, usageOption, ask.name(answer.server()), ask.requests(), notes);
    }

    private String onlyModel() {
        URI uri = endpoint.url().models();
        Inquiry.Answer answer = ask.untilReady(HttpMethod.GET, uri, new byte[0], false);
        List<String> models = answer.isSuccess() ? ModelList.of(answer.body()) : List.of();
        if (models.size() == 1) {
            notes.add("the model is not configured; the only one the endpoint lists is used: " + ask.name(models.get(0)));
            return models.get(0);
        }
        if (Diagnosis.isAboutTheKey(answer)) {
            throw diagnosis.of(answer, Api.CHAT, uri, "");
        }
        if (models.isEmpty()) {
            throw diagnosis.ofModels(answer, uri);
        }
        throw new EndpointUnusableException("no model is configured, and " + ApiUrl.shown(uri) + " lists "
                + models.size() + ": " + ask.names(models) + "; configure one of them");
    }

    private Inquiry.Answer oneToken(Api api, URI uri, String model) {
        byte[] body = bodies(api, model).oneToken(QUESTION);
        return ask.untilReady(HttpMethod.POST, uri, body, false);
    }

    private static boolean works(Inquiry.Answer answer) {
        return answer.isSuccess() && ModelList.isCompletion(answer.body());
    }

    // Some servers answer for any model name: that is worth a word, not an error.
    private void noteUnlistedModel(String model) {
        List<String> models = diagnosis.models();
        if (!models.isEmpty() && !models.contains(model)) {
            notes.add("the endpoint answers for the model " + ask.name(model) + " though it lists only "
                    + ask.names(models) + ": what was measured is whatever it serves");
        }
    }

    private boolean acceptsUsageOption(Api api, URI uri, String model) {
        RequestBodies bodies = bodies(api, model);
        Inquiry.Answer with = ask.untilReady(HttpMethod.POST, uri, bodies.streaming(QUESTION, true), true);
        if (with.isSuccess()) {
            return true;
        }
        if (!HttpFailures.rejectsStreamOptions(with.status(), with.body())) {
            throw diagnosis.ofStream(with, uri);
        }
        Inquiry.Answer without = ask.untilReady(HttpMethod.POST, uri, bodies.streaming(QUESTION, false), true);
        if (!without.isSuccess()) {
            throw diagnosis.ofStream(without, uri);
        }
        notes.add("the server rejects stream_options, so it is asked without: tokens are known only if it reports them "
                + "unasked");
        return false;
    }

    private RequestBodies bodies(Api api, String model) {
        return new RequestBodies(api, model, request.maxTokens(), request.temperature(), request.extraBody());
    }
}
