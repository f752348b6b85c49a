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

/** One JSON object of a source: a line of JSONL, an element of an array. */
final class JsonPrompt {
    private static final JsonMapper MAPPER = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();
    private static final Set<String> ROLES = Set.of("system", "developer", "user", "assistant");
    private static final String HISTORY = "cut_chat_history";
    private static final String SYSTEM = "prompt_content";
    private static final String EXPECTED = "expected {\"prompt\": \"text\"}, {\"messages\": [{\"role\": \"user\","
            + " \"content\": \"text\"}, ...]} or {\"" + SYSTEM + "\": \"text\", \"" + HISTORY + "\": [...]}";

    private final PromptSource source;
    private final Raw raw;

    private JsonPrompt(PromptSource source, Raw raw) {
        this.source = source;
        this.raw = raw;
    }

    static List<ChatMessage> parse(PromptSource source, Raw raw) {
        return new JsonPrompt(source, raw).messages();
    }

    private List<ChatMessage> messages() {
        JsonNode node = read();
        if (!node.isObject()) {
            throw refuse(EXPECTED + ", but it is " + kind(node));
        }
        String column = source.options().column();
        if (!column.isEmpty()) {
            return column(node, column);
        }
        List<String> forms = new ArrayList<>(List.of("prompt", "messages"));
        forms.removeIf(form -> !node.has(form));
        if (node.has(SYSTEM) || node.has(HISTORY)) {
            forms.add(SYSTEM);
        }
        if (forms.size() > 1) {
            throw refuse("it has both \"" + String.join("\" and \"", forms) + "\"; " + EXPECTED);
        }
        return switch (forms.isEmpty() ? "" : forms.get(0)) {
            case "prompt" -> user(node.get("prompt"), "\"prompt\"");
            case "messages" -> turns(node.get("messages"), "\"messages\"");
            case SYSTEM -> conversation(node);
            default -> throw refuse(EXPECTED + ", but its keys are " + keys(node));
        };
    }

    private JsonNode read() {
        try {
            return MAPPER.readTree(raw.text());
        } catch (JsonProcessingException e) {
            var at = e.getLocation();
            long line = raw.line() + (at == null ? 0 : Math.max(0, at.getLineNr() - 1));
            int column = at == null ? 1 : Math.max(1, at.getColumnNr());
            throw source.refuse(
                    line,
                    "column " + column + ": not JSON: "
                            + Shown.sentence(e.getOriginalMessage()) + "; "
                            + source.format().unit() + " must be one JSON object");
        }
    }

    private List<ChatMessage> column(JsonNode node, String column) {
        if (!node.has(column)) {
            throw refuse("expected the key \"" + column + "\" (column=" + column + "), but its keys are " + keys(node));
        }
        JsonNode value = node.get(column);
        String where = "\"" + column + "\"";
        return value.isArray() ? turns(value, where) : user(value, where);
    }

    // The system turns of a history are left out: the prompt's content is the only system message.
    private List<ChatMessage> conversation(JsonNode node) {
        List<ChatMessage> messages = new ArrayList<>();
        messages.add(new ChatMessage("system", text(node.path(SYSTEM), "\"" + SYSTEM + "\"")));
        for (ChatMessage turn : turns(node.path(HISTORY), "\"" + HISTORY + "\"")) {
            if (!turn.role().equals("system")) {
                messages.add(turn);
            }
        }
        if (messages.size() == 1) {
            throw refuse(
                    "\"" + HISTORY + "\" must have a turn of the user or the assistant, but has system turns only");
        }
        return List.copyOf(messages);
    }

    private List<ChatMessage> user(JsonNode node, String where) {
        return List.of(new ChatMessage("user", text(node, where)));
    }

    private List<ChatMessage> turns(JsonNode array, String key) {
        if (!array.isArray() || array.isEmpty()) {
            throw refuse(key + " must be an array of at least one message, but is "
                    + (array.isArray() ? "empty" : kind(array)));
        }
        List<ChatMessage> messages = new ArrayList<>();
        for (JsonNode message : array) {
            String where = key + "[" + messages.size() + "]";
            if (!message.isObject()) {
                throw refuse(where + " must be an object with \"role\" and \"content\", but is " + kind(message));
            }
            String role = text(message.path("role"), where + ".\"role\"");
            if (!ROLES.contains(role)) {
                throw refuse(where + ".\"role\" must be system, developer, user or assistant, but is \""
                        + Shown.brief(role) + "\"");
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

    private static String keys(JsonNode node) {
        List<String> keys = new ArrayList<>();
        node.fieldNames().forEachRemaining(key -> keys.add(Shown.brief(key)));
        return Shown.list(keys);
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
        return source.refuse(raw.line(), problem);
    }
}
