package dev.llmload.protocol;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.Locale;

/**
 * Reads the texts of a delta: a string, or an array of parts, of which each is answer or reasoning by its type, its members or
 * its flag. Stateless, safe for any thread.
 */
final class Texts {
    private Texts() {}

    /** Reads the next value of the parser: what of it is not empty goes into the chunk. */
    static void value(JsonParser json, int from, Chunk chunk, boolean reasoning) throws IOException {
        json.nextToken();
        current(json, from, chunk, reasoning);
    }

    /** Reads the next value if a member of this name holds reasoning, or says that the rest of the object is. */
    static boolean reasoning(String name, JsonParser json, int from, Chunk chunk) throws IOException {
        switch (name) {
            case "reasoning",
                    "reasoning_content",
                    "reasoning_text",
                    "reasoning_details",
                    "thinking",
                    "thinking_content",
                    "thinking_blocks",
                    "thought" -> {
                JsonToken token = json.nextToken();
                chunk.flagged |= token == JsonToken.VALUE_TRUE;
                current(json, from, chunk, true);
                return true;
            }
            case "type", "channel", "phase", "role", "content_type" -> {
                chunk.flagged |= json.nextToken() == JsonToken.VALUE_STRING && isThought(json.getText());
                json.skipChildren();
                return true;
            }
            default -> {
                return false;
            }
        }
    }

    private static void current(JsonParser json, int from, Chunk chunk, boolean reasoning) throws IOException {
        switch (json.currentToken()) {
            case VALUE_STRING -> {
                int quote = from + (int) json.currentTokenLocation().getByteOffset();
                if (json.getTextLength() > 0) {
                    chunk.text(quote, reasoning, chunk.wanted ? json.getText() : "");
                }
            }
            case START_OBJECT -> part(json, from, chunk, reasoning);
            case START_ARRAY -> {
                while (json.nextToken() != JsonToken.END_ARRAY) {
                    current(json, from, chunk, reasoning);
                }
            }
            default -> {}
        }
    }

    private static void part(JsonParser json, int from, Chunk chunk, boolean reasoning) throws IOException {
        int first = chunk.texts;
        boolean outside = chunk.flagged;
        chunk.flagged = false;
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            String name = json.currentName();
            switch (name) {
                case "text", "content", "summary", "value", "refusal" -> value(json, from, chunk, reasoning);
                default -> {
                    if (!reasoning(name, json, from, chunk)) {
                        Envelope.ofDelta(name, json, chunk);
                    }
                }
            }
        }
        if (chunk.flagged) {
            chunk.areReasoning(first);
        }
        chunk.flagged = outside;
    }

    private static boolean isThought(String word) {
        String lower = word.toLowerCase(Locale.ROOT);
        return lower.startsWith("think")
                || lower.startsWith("thought")
                || lower.startsWith("reason")
                || lower.equals("analysis");
    }
}
