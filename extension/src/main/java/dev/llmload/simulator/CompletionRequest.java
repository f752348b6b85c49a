package dev.llmload.simulator;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.llmload.simulator.engine.PromptBlocks;
import java.io.IOException;

/**
 * A checked request body.
 *
 * @param chat whether it came to chat completions rather than to text completions
 * @param model the model it names
 * @param stream whether it wants a stream
 * @param includeUsage whether it wants usage in the stream
 * @param streamOptions whether it carries {@code stream_options} at all
 * @param maxTokens most tokens it wants, {@link Integer#MAX_VALUE} if it does not say
 * @param minTokens fewest tokens it wants, 0 if it does not say
 * @param ignoreEos whether it wants exactly {@code maxTokens}
 * @param prompt how long its texts are and how they begin
 */
record CompletionRequest(
        boolean chat,
        String model,
        boolean stream,
        boolean includeUsage,
        boolean streamOptions,
        int maxTokens,
        int minTokens,
        boolean ignoreEos,
        PromptBlocks prompt) {
    private static final JsonMapper MAPPER = new JsonMapper();

    static CompletionRequest parse(boolean chat, byte[] body) throws BadRequestException {
        JsonNode node = read(body);
        String model = node.path("model").asText("");
        if (model.isEmpty()) {
            throw BadRequestException.invalid("you must provide a model parameter");
        }
        if (node.path("n").asInt(1) != 1) {
            throw BadRequestException.invalid("n must be 1 here, but was " + node.get("n"));
        }
        boolean stream = flag(node, "stream");
        JsonNode options = node.path("stream_options");
        boolean given = options.isObject();
        if (given && !stream) {
            throw BadRequestException.invalid("Stream options can only be defined when `stream=True`.");
        }
        int max = positive(node, node.hasNonNull("max_completion_tokens") ? "max_completion_tokens" : "max_tokens", 1);
        int min = positive(node, "min_tokens", 0);
        boolean ignoreEos = flag(node, "ignore_eos");
        if (ignoreEos && max < 0) {
            throw BadRequestException.invalid("ignore_eos needs max_tokens here, or the answer would never end");
        }
        return new CompletionRequest(
                chat,
                model,
                stream,
                given && flag(options, "include_usage"),
                given,
                max < 0 ? Integer.MAX_VALUE : max,
                Math.max(0, min),
                ignoreEos,
                prompt(chat, node));
    }

    int promptTokens() {
        return prompt.tokens();
    }

    /** A single token, not streamed: somebody asks whether the server works at all. */
    boolean isPreflight() {
        return !stream && maxTokens == 1;
    }

    private static JsonNode read(byte[] body) throws BadRequestException {
        try {
            JsonNode node = MAPPER.readTree(body);
            if (node == null || !node.isObject()) {
                throw BadRequestException.invalid("the body must be a JSON object");
            }
            return node;
        } catch (JsonProcessingException e) {
            throw BadRequestException.invalid("the body is not JSON: " + e.getOriginalMessage());
        } catch (IOException e) {
            throw BadRequestException.invalid("the body cannot be read: " + e.getMessage());
        }
    }

    private static boolean flag(JsonNode node, String key) throws BadRequestException {
        JsonNode value = node.path(key);
        if (value.isMissingNode() || value.isNull()) {
            return false;
        }
        if (!value.isBoolean()) {
            throw BadRequestException.invalid(key + " must be true or false, but was " + value);
        }
        return value.booleanValue();
    }

    private static int positive(JsonNode node, String key, int least) throws BadRequestException {
        JsonNode value = node.path(key);
        if (value.isMissingNode() || value.isNull()) {
            return -1;
        }
        if (!value.isIntegralNumber() || !value.canConvertToInt() || value.intValue() < least) {
            throw BadRequestException.invalid(
                    key + " must be a whole number of at least " + least + ", but was " + value);
        }
        return value.intValue();
    }

    private static PromptBlocks prompt(boolean chat, JsonNode node) throws BadRequestException {
        PromptBlocks prompt = new PromptBlocks();
        JsonNode texts = node.path(chat ? "messages" : "prompt");
        if (!chat && texts.isTextual()) {
            prompt.text(texts.textValue());
            return prompt;
        }
        if (!texts.isArray() || texts.isEmpty()) {
            throw BadRequestException.invalid(
                    chat
                            ? "messages must be a non-empty array of messages"
                            : "prompt must be a string or a non-empty array of strings");
        }
        for (JsonNode text : texts) {
            if (chat) {
                message(text, prompt);
            } else {
                prompt.text(text.asText(""));
            }
        }
        return prompt;
    }

    private static void message(JsonNode message, PromptBlocks prompt) throws BadRequestException {
        if (!message.path("role").isTextual()) {
            throw BadRequestException.invalid("each message must be an object with a role, but one is " + message);
        }
        prompt.begin(message.path("role").textValue());
        JsonNode content = message.path("content");
        prompt.text(content.asText(""));
        for (JsonNode part : content) {
            prompt.text(part.path("text").asText(""));
        }
    }
}
