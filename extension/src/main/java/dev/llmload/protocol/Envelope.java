package dev.llmload.protocol;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;

/**
 * Looks into what vendors add to a chunk, at any depth, for the two things that count: a usage, and, within a delta, a flag
 * that calls its text a thought. Stateless, safe for any thread.
 */
final class Envelope {
    private Envelope() {}

    /** Reads the member's value, which is the next of the parser. */
    static void member(String name, JsonParser json, Chunk chunk, Usage.Place place) throws IOException {
        if (UsageReader.isUsage(name)) {
            UsageReader.read(json, chunk.usage, place);
        } else {
            look(json, chunk, false);
        }
    }

    /** The same within a delta or a part of its content. */
    static void ofDelta(String name, JsonParser json, Chunk chunk) throws IOException {
        if (UsageReader.isUsage(name)) {
            UsageReader.read(json, chunk.usage, Usage.Place.CHOICE);
        } else if (isFlag(name)) {
            chunk.flagged |= json.nextToken() == JsonToken.VALUE_TRUE;
            json.skipChildren();
        } else {
            look(json, chunk, true);
        }
    }

    private static void look(JsonParser json, Chunk chunk, boolean flags) throws IOException {
        int depth = json.nextToken().isStructStart() ? 1 : 0;
        while (depth > 0) {
            JsonToken token = json.nextToken();
            if (token == JsonToken.FIELD_NAME) {
                String name = json.currentName();
                if (UsageReader.isUsage(name)) {
                    UsageReader.read(json, chunk.usage, Usage.Place.ENVELOPE);
                } else if (flags && isFlag(name)) {
                    token = json.nextToken();
                    chunk.flagged |= token == JsonToken.VALUE_TRUE;
                    depth += token.isStructStart() ? 1 : 0;
                }
            } else {
                depth += token.isStructStart() ? 1 : token.isStructEnd() ? -1 : 0;
            }
        }
    }

    private static boolean isFlag(String name) {
        return switch (name) {
            case "thought", "is_thought", "thinking", "is_thinking", "reasoning", "is_reasoning" -> true;
            default -> false;
        };
    }
}
