package dev.llmload.prompt.hub;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.llmload.prompt.QuotedText;
import dev.llmload.result.text.Secrets;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/** Asks the datasets server, patiently: busy and failing ones again after a while. Used by one thread. */
final class HubClient {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final int ATTEMPTS = 6;
    private static final int ATTEMPTS_TO_CONNECT = 2;
    private static final Duration LONGEST_WAIT = Duration.ofMinutes(5);

    private final Hub hub;
    private final HubName name;
    private final Consumer<Duration> sleep;
    private final HttpClient client = HttpClient.newBuilder()
            .connectTimeout(Duration.ofSeconds(10))
            // The token is for the server that was named, and no other.
            .followRedirects(HttpClient.Redirect.NEVER)
            .build();

    HubClient(Hub hub, HubName name, Consumer<Duration> sleep) {
        this.hub = hub;
        this.name = name;
        this.sleep = sleep;
    }

    /** The answer to a question, as JSON. */
    JsonNode ask(String path, Map<String, String> query) {
        URI uri = uri(path, query);
        for (int attempt = 1; ; attempt++) {
            Duration wait = Duration.ofSeconds(1L << (attempt - 1));
            String problem;
            try {
                HttpResponse<String> answer = client.send(request(uri), HttpResponse.BodyHandlers.ofString());
                int status = answer.statusCode();
                if (status == 200) {
                    return json(answer.body());
                }
                if (status != 429 && status < 500 || attempt == ATTEMPTS) {
                    throw refused(status, answer);
                }
                problem = "status " + status;
                wait = waitAskedFor(answer, wait);
            } catch (IOException e) {
                boolean unreachable = e instanceof ConnectException;
                if (attempt == (unreachable ? ATTEMPTS_TO_CONNECT : ATTEMPTS)) {
                    throw offline(e);
                }
                problem = unreachable ? "not reachable" : reason(e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw name.refuse("interrupted while it was read from " + hub.url());
            }
            hub.say().accept(name.spec() + ": " + problem + ", asked again in " + wait.toSeconds() + " s");
            sleep.accept(wait);
        }
    }

    private URI uri(String path, Map<String, String> query) {
        String base = hub.url().toString().replaceFirst("/+$", "");
        return URI.create(base + path + "?"
                + query.entrySet().stream()
                        .map(each -> each.getKey() + "=" + URLEncoder.encode(each.getValue(), StandardCharsets.UTF_8))
                        .collect(Collectors.joining("&")));
    }

    private HttpRequest request(URI uri) {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(uri).timeout(Duration.ofSeconds(60)).header("Accept", "application/json");
        if (!hub.token().isEmpty()) {
            request.header("Authorization", "Bearer " + hub.token());
        }
        return request.build();
    }

    private JsonNode json(String body) {
        try {
            JsonNode node = JSON.readTree(body);
            if (node.isObject()) {
                return node;
            }
        } catch (JsonProcessingException e) {
            // Said below: what answered is no datasets server.
        }
        throw name.refuse(hub.url() + " does not speak the rows API of the datasets server: expected a JSON object, but"
                + " it answered \"" + QuotedText.brief(safe(body)) + "\"");
    }

    private Duration waitAskedFor(HttpResponse<String> answer, Duration otherwise) {
        String text = answer.headers().firstValue("Retry-After").orElse("").strip();
        if (!text.matches("\\d{1,9}")) {
            return otherwise;
        }
        Duration asked = Duration.ofSeconds(Long.parseLong(text));
        if (asked.compareTo(LONGEST_WAIT) > 0) {
            throw name.refuse(hub.url() + " wants to be left alone for " + asked.toSeconds() + " s (status "
                    + answer.statusCode() + "): try later, or set HF_TOKEN for a higher limit");
        }
        return asked;
    }

    private IllegalArgumentException refused(int status, HttpResponse<String> answer) {
        String said = said(answer.body());
        return name.refuse(
                switch (status) {
                    case 401, 403 ->
                        "the data set \"" + name.dataset() + "\" is gated, private or unknown (status " + status + "): "
                                + (hub.token().isEmpty()
                                        ? "accept its terms on its page and set HF_TOKEN in the environment"
                                        : "the token in HF_TOKEN has no access; accept the terms on the data set's page")
                                + said;
                    case 404 ->
                        "there is no data set \"" + name.dataset() + "\""
                                + (name.split().isEmpty() ? "" : " with the split \"" + name.split() + "\"")
                                + " that " + hub.url() + " knows (status 404)" + said;
                    case 429 ->
                        hub.url() + " is asked too often (status 429): try later, or set HF_TOKEN for a higher limit";
                    default ->
                        status >= 300 && status < 400
                                ? hub.url() + " sends elsewhere (status " + status + ", to "
                                        + QuotedText.brief(answer.headers()
                                                .firstValue("Location")
                                                .orElse("nowhere"))
                                        + "); name the right server with llmload.hf.url"
                                : hub.url() + " answered with status " + status + said;
                });
    }

    private String said(String body) {
        try {
            String error = JSON.readTree(body).path("error").asText("");
            return error.isEmpty() ? "" : "; it says: " + QuotedText.sentence(safe(error));
        } catch (JsonProcessingException e) {
            return "";
        }
    }

    private String safe(String text) {
        return Secrets.of(List.of(hub.token())).redact(text);
    }

    private IllegalArgumentException offline(IOException e) {
        return name.refuse(hub.url() + " cannot be reached (" + reason(e) + "), and nothing is in the cache "
                + hub.cache() + "; go online once, copy the cache of another machine, or name a file instead");
    }

    private static String reason(IOException e) {
        String message = e.getMessage();
        return message == null || message.isBlank() ? "no connection" : QuotedText.sentence(message);
    }
}
