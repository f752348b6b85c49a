package dev.llmload.protocol;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.llmload.junit.Api;
import dev.llmload.result.ChatMessage;
import java.util.List;
import java.util.Objects;

/**
 * Makes the request bodies of one endpoint. Immutable, safe for any thread.
 *
 * <p>{@code extraBody} is merged last, as RFC 7396 says: objects are merged member by member, everything else replaces,
 * {@code null} removes.
 */
public final class RequestBodies {
    private final Api api;
    private final String model;
    private final int maxTokens;
    private final double temperature;
    private final ObjectNode extra;

    /**
     * What all requests share.
     *
     * @param api {@link Api#CHAT} or {@link Api#COMPLETIONS}; {@link Api#AUTO} means chat
     * @param model the model's name, or empty to leave it out
     * @param maxTokens {@code max_tokens}, at least 1
     * @param temperature 0 or more, or NaN to leave it out
     * @param extraBody a JSON object, or empty
     * @throws IllegalArgumentException if a value breaks its rule; the message states the rule and the value
     */
    public RequestBodies(Api api, String model, int maxTokens, double temperature, String extraBody) {
        if (maxTokens < 1) {
            throw new IllegalArgumentException("`maxTokens` must be at least 1, but was " + maxTokens);
        }
        if (temperature < 0 || Double.isInfinite(temperature)) {
            throw new IllegalArgumentException(
                    "`temperature` must be 0 or more, or NaN to leave it out, but was " + temperature);
        }
        this.api = api;
        this.model = model;
        this.maxTokens = maxTokens;
        this.temperature = temperature;
        this.extra = ExtraBody.parse(extraBody);
    }

    /**
     * The body of a measured request.
     *
     * @param messages the conversation
     * @param includeUsage whether to ask for the usage; if not, {@code stream_options} is left out altogether, also one of
     *     {@code extraBody}
     * @return JSON in UTF-8
     */
    public byte[] streaming(List<ChatMessage> messages, boolean includeUsage) {
        return streaming(messages, includeUsage, maxTokens, false);
    }

    /**
     * The body of a measured request whose answer has a length of its own.
     *
     * @param messages the conversation
     * @param includeUsage whether to ask for the usage
     * @param tokens {@code max_tokens}, at least 1
     * @param pinned whether to ask for no fewer, by {@code min_tokens} and {@code ignore_eos}
     * @return JSON in UTF-8
     */
    public byte[] streaming(List<ChatMessage> messages, boolean includeUsage, int tokens, boolean pinned) {
        ObjectNode body = common(messages);
        body.put("max_tokens", tokens);
        if (pinned) {
            body.put("min_tokens", tokens).put("ignore_eos", true);
        }
        body.put("stream", true);
        body.putObject("stream_options").put("include_usage", true);
        ExtraBody.merge(body, extra);
        if (!includeUsage) {
            body.remove("stream_options");
        }
        return bytes(body);
    }

    /**
     * The body of the pre-flight request: the same, but not streamed and one token long. {@code min_tokens} is left out,
     * because it would contradict that.
     *
     * @param messages the conversation
     * @return JSON in UTF-8
     */
    public byte[] oneToken(List<ChatMessage> messages) {
        ObjectNode body = common(messages);
        ExtraBody.merge(body, extra);
        body.remove(List.of("stream", "stream_options", "min_tokens"));
        for (String limit : List.of("max_tokens", "max_completion_tokens")) {
            if (body.has(limit)) {
                body.put(limit, 1);
            }
        }
        return bytes(body);
    }

    /** Whether another one makes the same body of each prompt. */
    @Override
    public boolean equals(Object other) {
        return other instanceof RequestBodies that
                && api == that.api
                && maxTokens == that.maxTokens
                && Double.compare(temperature, that.temperature) == 0
                && model.equals(that.model)
                && extra.equals(that.extra);
    }

    @Override
    public int hashCode() {
        return Objects.hash(api, model, maxTokens, temperature, extra);
    }

    private ObjectNode common(List<ChatMessage> messages) {
        ObjectNode body = ExtraBody.JSON.createObjectNode();
        if (!model.isEmpty()) {
            body.put("model", model);
        }
        if (api == Api.COMPLETIONS) {
            body.put("prompt", PromptText.of(messages));
        } else {
            var array = body.putArray("messages");
            for (ChatMessage message : messages) {
                ObjectNode turn = array.addObject()
                        .put("role", message.role())
                        .put("content", PromptText.wellFormed(message.content()));
                if (!message.extra().isEmpty()) {
                    addExtra(turn, message);
                }
            }
        }
        body.put("max_tokens", maxTokens);
        if (!Double.isNaN(temperature)) {
            body.put("temperature", temperature);
        }
        return body;
    }

    private static void addExtra(ObjectNode turn, ChatMessage message) {
        try {
            turn.setAll((ObjectNode) ExtraBody.JSON.readTree(message.extra()));
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("a turn's extra must be a JSON object", e);
        }
        if (message.content().isEmpty()) {
            turn.putNull("content"); // a turn that only calls tools
        }
    }

    private static byte[] bytes(ObjectNode body) {
        try {
            return ExtraBody.JSON.writeValueAsBytes(body);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a tree of plain values can be written", e);
        }
    }
}
