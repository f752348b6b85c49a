package dev.llmload.openai;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;

/** Reads any chunk with Jackson's streaming parser. Stateless, safe for any thread. */
final class ChunkReader {
    static final JsonFactory JSON = JsonFactory.builder()
            .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
            .build();

    private ChunkReader() {}

    /** Fills the chunk from the data of one event. */
    static void read(byte[] data, int from, int to, Chunk chunk) {
        chunk.clear();
        try (JsonParser json = JSON.createParser(data, from, to - from)) {
            if (json.nextToken() != JsonToken.START_OBJECT) {
                chunk.malformed = "is no JSON object";
                return;
            }
            readObject(json, from, chunk);
            if (json.nextToken() != null) {
                chunk.malformed = "goes on after its JSON object";
            }
        } catch (JsonParseException e) {
            chunk.malformed = "is not valid JSON ("
                    + e.getOriginalMessage().lines().findFirst().orElse("") + ")";
        } catch (IOException e) {
            chunk.malformed = "cannot be read as JSON (" + e.getMessage() + ")";
        }
    }

    private static void readObject(JsonParser json, int from, Chunk chunk) throws IOException {
        boolean isError = false;
        String message = "";
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            switch (json.currentName()) {
                case "choices" -> choices(json, from, chunk);
                case "usage" -> usage(json, chunk);
                case "error" -> chunk.error = ErrorText.read(json);
                case "object" -> isError = "error".equals(string(json));
                case "message" -> message = string(json);
                default -> skip(json);
            }
        }
        if (isError && chunk.error.isEmpty()) {
            chunk.error = message.isEmpty() ? ErrorText.WITHOUT_MESSAGE : message;
        }
    }

    private static void choices(JsonParser json, int from, Chunk chunk) throws IOException {
        if (json.nextToken() != JsonToken.START_ARRAY) {
            json.skipChildren();
            return;
        }
        while (json.nextToken() != JsonToken.END_ARRAY) {
            if (json.currentToken() == JsonToken.START_OBJECT) {
                choice(json, from, chunk);
            } else {
                json.skipChildren();
            }
        }
    }

    private static void choice(JsonParser json, int from, Chunk chunk) throws IOException {
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            switch (json.currentName()) {
                case "delta" -> delta(json, from, chunk);
                case "text" -> chunk.output |= value(json, from, chunk);
                case "finish_reason" -> {
                    String reason = string(json);
                    chunk.finishReason = reason.isEmpty() ? chunk.finishReason : reason;
                }
                default -> skip(json);
            }
        }
    }

    private static void delta(JsonParser json, int from, Chunk chunk) throws IOException {
        if (json.nextToken() != JsonToken.START_OBJECT) {
            json.skipChildren();
            return;
        }
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            switch (json.currentName()) {
                case "content", "refusal", "tool_calls" -> chunk.output |= value(json, from, chunk);
                case "reasoning", "reasoning_content" -> chunk.reasoning |= value(json, from, chunk);
                default -> skip(json);
            }
        }
    }

    /** Whether the value is a string, array or object that is not empty. */
    private static boolean value(JsonParser json, int from, Chunk chunk) throws IOException {
        JsonToken token = json.nextToken();
        boolean present;
        int quote = -1;
        if (token == JsonToken.VALUE_STRING) {
            quote = from + (int) json.currentTokenLocation().getByteOffset();
            present = json.getTextLength() > 0;
        } else {
            present = token.isStructStart() && hasChildren(json);
        }
        if (present) {
            chunk.values++;
            chunk.quote = quote;
        }
        return present;
    }

    private static boolean hasChildren(JsonParser json) throws IOException {
        boolean any = false;
        for (int depth = 1; depth > 0; ) {
            JsonToken token = json.nextToken();
            if (token.isStructEnd()) {
                depth--;
            } else {
                any = true;
                depth += token.isStructStart() ? 1 : 0;
            }
        }
        return any;
    }

    private static void usage(JsonParser json, Chunk chunk) throws IOException {
        if (json.nextToken() != JsonToken.START_OBJECT) {
            json.skipChildren();
            return;
        }
        chunk.clearUsage();
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            switch (json.currentName()) {
                case "prompt_tokens" -> chunk.promptTokens = Counts.read(json);
                case "completion_tokens" -> chunk.completionTokens = Counts.read(json);
                case "prompt_tokens_details" -> chunk.cachedTokens = Counts.inObject(json, "cached_tokens");
                case "completion_tokens_details" -> chunk.reasoningTokens = Counts.inObject(json, "reasoning_tokens");
                default -> skip(json);
            }
        }
        chunk.usage = chunk.promptTokens >= 0 || chunk.completionTokens >= 0;
    }

    private static String string(JsonParser json) throws IOException {
        if (json.nextToken() == JsonToken.VALUE_STRING) {
            return json.getText();
        }
        json.skipChildren();
        return "";
    }

    private static void skip(JsonParser json) throws IOException {
        json.nextToken();
        json.skipChildren();
    }
}
