package dev.llmload.load.preflight;

import dev.llmload.junit.Api;
import dev.llmload.load.RequestSettings;
import dev.llmload.load.wire.EndpointSettings;
import dev.llmload.load.wire.WireFailures;
import dev.llmload.protocol.ApiUrl;
import dev.llmload.protocol.HttpFailures;
import dev.llmload.protocol.Redirect;
import dev.llmload.protocol.RequestBodies;
import dev.llmload.result.Outcome;
import io.vertx.core.http.HttpMethod;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Says why an endpoint does not answer a completion, and what to change. Asks a little more where that helps. */
final class Diagnosis {
    private static final int PROXY = 407;

    private final EndpointSettings endpoint;
    private final RequestSettings request;
    private final ReadinessProbe ask;

    Diagnosis(EndpointSettings endpoint, RequestSettings request, ReadinessProbe ask) {
        this.endpoint = endpoint;
        this.request = request;
        this.ask = ask;
    }

    static boolean isAboutTheKey(ProbeRequest.Answer answer) {
        return answer.status() == 401 || answer.status() == 403;
    }

    /** Whether any other request would be answered in the same way: by a redirect, or for its key or a proxy. */
    static boolean isOfAnyRequest(ProbeRequest.Answer answer) {
        return isAboutTheKey(answer) || answer.status() == PROXY || Redirect.is(answer.status());
    }

    /** Why a completion failed. */
    EndpointUnusableException of(Probe probe, Api api, URI uri, String model) {
        ProbeRequest.Answer answer = probe.answer();
        if (Redirect.is(answer.status())) {
            return unusable(ApiUrl.shown(uri) + ": " + Redirect.sentence(answer.status(), uri, answer.location()));
        }
        String what = ApiUrl.shown(uri) + ": " + ask.describe(answer);
        Optional<String> remedy = Refusals.remedy(answer, request.maxTokens());
        if (remedy.isPresent()) {
            return unusable(what + "; " + remedy.get());
        }
        if (isAboutTheKey(answer)) {
            String key = endpoint.apiKey().isEmpty() ? "no API key was sent" : "the API key was refused";
            return unusable(what + "; " + key + ": check the API key in the environment variable "
                    + endpoint.apiKey().variable());
        }
        if (answer.status() == PROXY) {
            return unusable(
                    what + "; that is a proxy before the endpoint, which wants to know the user: take an address"
                            + " of the endpoint that needs no proxy, or add `Proxy-Authorization: …` to `headers` of"
                            + " @LlmRequest");
        }
        if (answer.kind() == Outcome.TLS) {
            return unusable(what + "; check the certificate and that this JVM trusts it, or whether the URL should "
                    + "begin with http://");
        }
        // A limit of this machine names its remedy, and is no fault of the endpoint's.
        if (answer.kind() == Outcome.CLIENT_LIMIT || answer.error().endsWith(WireFailures.LARGE_HEAD)) {
            return unusable(what);
        }
        boolean inWords = answer.kind() == Outcome.OK || answer.kind() == Outcome.STREAM_ERROR;
        if (!inWords) {
            return unusable(what + "; check that this is the port of an OpenAI-compatible server");
        }
        if (probe.limitRefused()) {
            return unusable(what + "; the limit of output tokens is refused: raise `maxTokens` of the test (now "
                    + request.maxTokens() + "), or set the field that this server reads in `extraBody`");
        }
        List<String> models = models(endpoint.url());
        if (answer.status() >= 400 && answer.status() < 500 && !models.isEmpty() && !models.contains(model)) {
            return unusable(what + "; the model " + ask.name(model) + " is not among those it lists: "
                    + ask.names(models) + "; configure one of them");
        }
        boolean aboutTheModel = answer.body().toLowerCase(Locale.ROOT).contains("model");
        if ((answer.status() == 404 || answer.status() == 405) && !aboutTheModel || isPage(answer)) {
            return unusable(
                    what + "; "
                            + otherPath(api, uri, model)
                                    .map(working ->
                                            "this path works: " + ApiUrl.shown(working) + "; configure it as the URL")
                                    .orElse(
                                            "no completions were found there, nor under /v1 of that server; check the path of the URL"));
        }
        if (answer.isSuccess()) {
            return unusable(what + "; that is no completion: check that this is an OpenAI-compatible API");
        }
        if (HttpFailures.isAboutTheTokenLimit(
                probe.plain().status(), probe.plain().body())) {
            return unusable(what + "; check the extra fields of the request; the pre-flight's answer of one token was"
                    + " refused before: " + ask.describe(probe.plain()));
        }
        String listed = models.isEmpty() ? "" : "; models listed: " + ask.names(models);
        return unusable(what + "; check the model and the extra fields of the request" + listed);
    }

    /** Why there is no list to take the model from: often the path is wrong, and the server's own list is elsewhere. */
    EndpointUnusableException ofModels(ProbeRequest.Answer answer, URI uri) {
        ApiUrl root = root(uri);
        if (!answer.isSuccess() || isPage(answer)) {
            List<String> elsewhere = root.models().equals(uri) ? List.of() : models(root);
            if (!elsewhere.isEmpty()) {
                return unusable(ApiUrl.shown(uri) + ": " + ask.describe(answer) + "; " + ApiUrl.shown(root.models())
                        + " lists " + ask.names(elsewhere) + ": configure " + root + " as the URL");
            }
        }
        return unusable("no model is configured, and " + ApiUrl.shown(uri) + " lists none (" + ask.describe(answer)
                + "); configure the model, and check the path of the URL");
    }

    /** Why a streaming request failed though a plain one did not. */
    EndpointUnusableException ofStream(ProbeRequest.Answer answer, URI uri) {
        return unusable(
                ApiUrl.shown(uri) + " answers a plain completion but not a streaming one: " + ask.describe(answer)
                        + (answer.error().isEmpty() || answer.kind() != Outcome.OK
                                ? ""
                                : " (" + ask.excerpt(answer.error()) + ")")
                        + "; only streaming can be measured");
    }

    /** What {@code /v1/models} lists; none if it does not answer. */
    List<ModelList.Entry> listed() {
        return listed(endpoint.url());
    }

    private List<ModelList.Entry> listed(ApiUrl url) {
        ProbeRequest.Answer answer = ask.once(HttpMethod.GET, url.models(), new byte[0], ProbeRequest.Reading.PLAIN);
        return answer.isSuccess() ? ModelList.entries(answer.body()) : List.of();
    }

    private List<String> models(ApiUrl url) {
        return listed(url).stream().map(ModelList.Entry::id).toList();
    }

    private Optional<URI> otherPath(Api api, URI tried, String model) {
        ApiUrl root = root(tried);
        Api other = api == Api.CHAT ? Api.COMPLETIONS : Api.CHAT;
        List<URI> candidates = new ArrayList<>(List.of(endpoint.url().of(api), root.of(api)));
        List<Api> apis = new ArrayList<>(List.of(api, api));
        candidates.addAll(List.of(endpoint.url().of(other), root.of(other)));
        apis.addAll(List.of(other, other));
        for (int i = 0; i < candidates.size(); i++) {
            URI candidate = candidates.get(i);
            if (!candidate.equals(tried)
                    && candidates.indexOf(candidate) == i
                    && works(candidate, apis.get(i), model)) {
                return Optional.of(candidate);
            }
        }
        return Optional.empty();
    }

    private static ApiUrl root(URI tried) {
        return ApiUrl.parse(tried.getScheme() + "://" + tried.getRawAuthority());
    }

    private boolean works(URI uri, Api api, String model) {
        RequestBodies bodies =
                new RequestBodies(api, model, request.maxTokens(), request.temperature(), request.extraBody());
        ProbeRequest.Answer answer =
                ask.once(HttpMethod.POST, uri, bodies.oneToken(Probe.QUESTION), ProbeRequest.Reading.PLAIN);
        return Probe.isCompletion(answer)
                || answer.kind() == Outcome.OK
                        && answer.status() != 404
                        && Probe.stream(ask, bodies, uri, false).answer().isSuccess();
    }

    private static boolean isPage(ProbeRequest.Answer answer) {
        return answer.isSuccess() && Refusals.isPage(answer);
    }

    private static EndpointUnusableException unusable(String sentence) {
        return new EndpointUnusableException(sentence);
    }
}
