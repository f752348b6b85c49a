package dev.llmload.load;

import dev.llmload.openai.Api;
import dev.llmload.openai.ApiUrl;
import dev.llmload.openai.TokenCount;
import java.util.LinkedHashMap;
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
 */
public record EndpointSettings(
        ApiUrl url,
        String model,
        Api api,
        String apiKey,
        Map<String, String> headers,
        TokenCount tokenCount,
        Timeouts timeouts,
        int maxResponseHead) {
    /** Most bytes of a response head where nobody says anything. */
    public static final int MAX_RESPONSE_HEAD = 65536;

    private static final int LEAST_RESPONSE_HEAD = 1024;

    /** Refuses a key or a header that cannot be sent. */
    public EndpointSettings {
        headers = Map.copyOf(headers);
        if (!isSendable(apiKey)) {
            throw new IllegalArgumentException("the API key holds a line break or another control character; "
                    + "set the environment variable to the key alone");
        }
        if (maxResponseHead < LEAST_RESPONSE_HEAD) {
            throw new IllegalArgumentException(
                    "maxResponseHead must be at least " + LEAST_RESPONSE_HEAD + ", but was " + maxResponseHead);
        }
        headers.forEach((name, value) -> {
            if (name.isBlank() || !name.chars().allMatch(EndpointSettings::isToken)) {
                throw new IllegalArgumentException("a header name must be letters, digits and -_.~ , but was " + name);
            }
            if (!isSendable(value)) {
                throw new IllegalArgumentException("the value of header " + name + " holds a control character");
            }
        });
    }

    /**
     * With the usual limit of a response head.
     *
     * @param url the endpoint
     * @param model model named in each request; empty takes the only one that the endpoint lists
     * @param api chat or text completions, or AUTO to find out
     * @param apiKey sent as {@code Authorization: Bearer …}; empty sends none
     * @param headers further headers; one named {@code Authorization} replaces the key
     * @param tokenCount where token counts may come from
     * @param timeouts limits of each request
     */
    public EndpointSettings(
            ApiUrl url,
            String model,
            Api api,
            String apiKey,
            Map<String, String> headers,
            TokenCount tokenCount,
            Timeouts timeouts) {
        this(url, model, api, apiKey, headers, tokenCount, timeouts, MAX_RESPONSE_HEAD);
    }

    /** All headers that each request carries besides its content type. */
    Map<String, String> requestHeaders() {
        Map<String, String> all = new LinkedHashMap<>();
        boolean own = headers.keySet().stream().anyMatch("Authorization"::equalsIgnoreCase);
        if (!apiKey.isEmpty() && !own) {
            all.put("Authorization", "Bearer " + apiKey);
        }
        all.putAll(headers);
        return all;
    }

    private static boolean isSendable(String value) {
        return value.chars().allMatch(c -> c == '\t' || c >= ' ' && c != 127);
    }

    private static boolean isToken(int c) {
        return c < 128 && (Character.isLetterOrDigit(c) || "!#$%&'*+-.^_`|~".indexOf(c) >= 0);
    }

    @Override
    public String toString() {
        return "EndpointSettings[url=" + url + ", model=" + model + ", api=" + api + ", apiKey="
                + (apiKey.isEmpty() ? "none" : "***") + ", headers=" + headers.keySet() + ", tokenCount=" + tokenCount
                + ", timeouts=" + timeouts + ", maxResponseHead=" + maxResponseHead + "]";
    }
}
