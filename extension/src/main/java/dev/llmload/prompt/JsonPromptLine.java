package dev.llmload.prompt;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.llmload.result.ChatMessage;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** One line of a JSONL source. */
final class JsonPromptLine {
    private static final JsonMapper MAPPER = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();
    private static final Set<String> ROLES = Set.of("system", "developer", "user", "assistant");
    private static final String EXPECTED = "expected {\"prompt\": \"text\"} or {\"messages\": [{\"role\": \"user\","
            + " \"content\": \"text\"}, ...]}";

    private final PromptSource source;
    private final int number;

    private JsonPromptLine(PromptSource source, int number) {
        this.source = source;
        this.number = number;
    }

    static List<ChatMessage> parse(PromptSource source, int number, String text) {
        return new JsonPromptLine(source, number).messages(text);
    }

    private List<ChatMessage> messages(String text) {
        JsonNode node = read(text);
        if (!node.isObject()) {
            throw refuse(EXPECTED + ", but it is " + kind(node));
        }
        boolean prompt = node.has("prompt");
        boolean messages = node.has("messages");
        if (prompt && messages) {
            throw refuse("it has both \"prompt\" and \"messages\"; " + EXPECTED);
        }
        if (prompt) {
            return List.of(new ChatMessage("user", text(node.get("prompt"), "\"prompt\"")));
        }
        if (messages) {
            return conversation(node.get("messages"));
        }
        List<String> keys = new ArrayList<>();
        node.fieldNames().forEachRemaining(keys::add);
        throw refuse(EXPECTED + ", but its keys are " + (keys.isEmpty() ? "none" : String.join(", ", keys)));
    }

    private JsonNode read(String text) {
        try {
            return MAPPER.readTree(text);
        } catch (JsonProcessingException e) {
            int column = e.getLocation() == null ? 1 : e.getLocation().getColumnNr();
            throw refuse("column " + column + ": not JSON: "
                    + e.getOriginalMessage().lines().findFirst().orElse("") + "; each line must be one JSON object");
        }
    }

    private List<ChatMessage> conversation(JsonNode array) {
        if (!array.isArray() || array.isEmpty()) {
            throw refuse("\"messages\" must be an array of at least one message, but is "
                    + (array.isArray() ? "empty" : kind(array)));
        }
        List<ChatMessage> messages = new ArrayList<>();
        for (JsonNode message : array) {
            String where = "\"messages\"[" + messages.size() + "]";
            if (!message.isObject()) {
                throw refuse(where + " must be an object with \"role\" and \"content\", but is " + kind(message));
            }
            String role = text(message.path("role"), where + ".\"role\"");
            if (!ROLES.contains(role)) {
                throw refuse(where + ".\"role\" must be system, developer, user or assistant, but is \"" + role + "\"");
            }
            messages.add(new ChatMessage(role, text(message.path("content"), where + ".\"content\"")));
        }
        return List.copyOf(messages);
    }

    private String text(JsonNode node, String where) {
        if (!node.isTextual()) {
            throw refuse(where + " must be a string, but is " + kind(node));
        }
        if (node.textValue().isBlank()) {
            throw refuse(where + " must not be blank");
        }
        return node.textValue();
    }

    private static String kind(JsonNode node) {
        return switch (node.getNodeType()) {
            case MISSING -> "missing";
            case NULL -> "null";
            case ARRAY, OBJECT -> "an " + node.getNodeType().name().toLowerCase(Locale.ROOT);
            default -> "a " + node.getNodeType().name().toLowerCase(Locale.ROOT);
        };
    }

    private IllegalArgumentException refuse(String problem) {
        return source.refuse(number, problem);
    }
}
