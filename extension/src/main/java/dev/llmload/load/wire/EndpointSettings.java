package dev.llmload.load.wire;

import dev.llmload.junit.Api;
import dev.llmload.junit.TokenCount;
import dev.llmload.protocol.ApiUrl;
import dev.llmload.result.text.Credentials;
import dev.llmload.result.text.Secrets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Where the requests go. Its text never shows the key or the value of a header.
 *
 * @param url the endpoint
 * @param model model named in each request; empty takes the only one that the endpoint lists
 * @param api chat or text completions, or AUTO to find out
 * @param apiKey sent as {@code Authorization: Bearer …}; empty sends none
 * @param headers further headers; one named {@code Authorization} replaces the key
 * @param tokenCount where token counts may come from
 * @param timeouts limits of each request
 * @param maxResponseHead most bytes of a response head, at least 1024
 * @param secrets what must appear in no text: what is given, the key, and what looks like a credential in the headers and
 *     in the query of the URL
 */
public record EndpointSettings(
        ApiUrl url,
        String model,
        Api api,
        ApiKey apiKey,
        Map<String, String> headers,
        TokenCount tokenCount,
        Timeouts timeouts,
        int maxResponseHead,
        Secrets secrets) {
    /** Most bytes of a response head where nobody says anything. */
    public static final int MAX_RESPONSE_HEAD = 65536;

    private static final String USUAL_VARIABLE = "LLM_API_KEY";
    private static final int LEAST_RESPONSE_HEAD = 1024;

    /** Refuses a header that cannot be sent; adds what is secret in the others to the secrets. */
    public EndpointSettings {
        headers = Map.copyOf(headers);
        if (maxResponseHead < LEAST_RESPONSE_HEAD) {
            throw new IllegalArgumentException(
                    "maxResponseHead must be at least " + LEAST_RESPONSE_HEAD + ", but was " + maxResponseHead);
        }
        headers.forEach((name, value) -> {
            if (name.isBlank() || !name.chars().allMatch(EndpointSettings::isToken)) {
                throw new IllegalArgumentException("a header name must be letters, digits and -_.~ , but was " + name);
            }
            if (!isSendable(value)) {
                throw new IllegalArgumentException("the value of header " + name
                        + " holds a control character, or one that a header cannot carry");
            }
        });
        secrets = secrets.and(Secrets.of(known(url, apiKey.value(), headers)));
    }

    /** The same, with the usual variable of the key and limit of a response head, and no secret besides those of the other values. */
    public EndpointSettings(
            ApiUrl url,
            String model,
            Api api,
            String apiKey,
            Map<String, String> headers,
            TokenCount tokenCount,
            Timeouts timeouts) {
        this(
                url,
                model,
                api,
                new ApiKey(USUAL_VARIABLE, apiKey),
                headers,
                tokenCount,
                timeouts,
                MAX_RESPONSE_HEAD,
                Secrets.none());
    }

    private static List<String> known(ApiUrl url, String apiKey, Map<String, String> headers) {
        List<String> known = new ArrayList<>(List.of(apiKey));
        headers.forEach((name, value) -> {
            if (Credentials.isName(name) || Credentials.isValue(value)) {
                known.addAll(Credentials.in(value));
            }
        });
        String query = url.chat().getRawQuery();
        known.addAll(Credentials.ofQuery(query == null ? "" : query));
        return known;
    }

    /** All headers that each request carries besides its content type. */
    public Map<String, String> requestHeaders() {
        Map<String, String> all = new LinkedHashMap<>();
        boolean own = headers.keySet().stream().anyMatch("Authorization"::equalsIgnoreCase);
        if (!apiKey.isEmpty() && !own) {
            all.put("Authorization", "Bearer " + apiKey.value());
        }
        all.putAll(headers);
        return all;
    }

    private static boolean isSendable(String value) {
        return value.chars().allMatch(c -> c == '\t' || c >= ' ' && c < 127 || c >= 160 && c < 256);
    }

    private static boolean isToken(int c) {
        return c < 128 && (Character.isLetterOrDigit(c) || "!#$%&'*+-.^_`|~".indexOf(c) >= 0);
    }

    @Override
    public String toString() {
        return "EndpointSettings[url=" + url + ", model=" + model + ", api=" + api + ", apiKey="
                + apiKey + ", headers=" + headers.keySet() + ", tokenCount=" + tokenCount
                + ", timeouts=" + timeouts + ", maxResponseHead=" + maxResponseHead + "]";
    }
}
