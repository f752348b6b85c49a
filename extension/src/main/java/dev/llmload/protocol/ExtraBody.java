package dev.llmload.protocol;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.llmload.result.text.JsonFault;
import java.util.Locale;
import java.util.Map;

/** Reads and merges what the user adds to the request body. */
final class ExtraBody {
    static final ObjectMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(JsonWriteFeature.COMBINE_UNICODE_SURROGATES_IN_UTF8)
            .build();

    private ExtraBody() {}

    static ObjectNode parse(String text) {
        if (text.isBlank()) {
            return JSON.createObjectNode();
        }
        if (!(tree(text) instanceof ObjectNode extra)) {
            throw bad("but was " + kind(text));
        }
        if (extra.has("stream") && !extra.path("stream").asBoolean(false)) {
            throw bad("and must leave `stream` true, because only a stream can be measured, but `stream` was "
                    + shown(extra.path("stream")));
        }
        if (extra.path("n").asInt(1) != 1) {
            throw bad("and must leave `n` 1, because every metric is about one answer, but `n` was "
                    + shown(extra.path("n")));
        }
        return extra;
    }

    private static JsonNode tree(String text) {
        try {
            return JSON.readTree(text);
        } catch (JsonProcessingException e) {
            var at = e.getLocation();
            String where = at == null
                    ? ""
                    : " (line " + at.getLineNr() + ", column " + at.getColumnNr() + ": " + quoteless(e) + ")";
            throw bad("but it is no JSON" + where);
        }
    }

    // What the user wrote may hold a key: its kind and place are said, not its text.
    private static String kind(String text) {
        return "a JSON " + tree(text).getNodeType().name().toLowerCase(Locale.ROOT);
    }

    private static String shown(JsonNode value) {
        return value.isTextual() ? "a text" : value.isContainerNode() ? "no plain value" : value.toString();
    }

    private static String quoteless(JsonProcessingException e) {
        return JsonFault.words(e.getOriginalMessage())
                .replaceAll("(?s)'[^'(]{2,}'", "'…'")
                .replaceAll("(?s)\"[^\"]{2,}\"", "\"…\"");
    }

    private static IllegalArgumentException bad(String rest) {
        return new IllegalArgumentException(
                "`extraBody` must be a JSON object such as {\"ignore_eos\": true}, " + rest);
    }

    /** JSON Merge Patch, RFC 7396. */
    static void merge(ObjectNode target, ObjectNode patch) {
        for (Map.Entry<String, JsonNode> member : patch.properties()) {
            JsonNode value = member.getValue();
            if (value.isNull()) {
                target.remove(member.getKey());
            } else if (value instanceof ObjectNode inner) {
                ObjectNode into = target.get(member.getKey()) instanceof ObjectNode present
                        ? present
                        : target.putObject(member.getKey());
                merge(into, inner);
            } else {
                target.set(member.getKey(), value);
            }
        }
    }
}
