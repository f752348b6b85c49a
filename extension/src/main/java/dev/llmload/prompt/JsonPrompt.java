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

/** One JSON object of a source: a line of JSONL, an element of an array. */
public final class JsonPrompt {
    private static final JsonMapper MAPPER = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();
    private static final String HISTORY = "cut_chat_history";
    private static final String SYSTEM = "prompt_content";
    private static final String BODY = "body";
    /** Looked for where there is none of the others. */
    private static final List<String> OTHER_FORMS = List.of(BODY, "conversations", "conversation", "turns", "input");

    private static final String EXPECTED = "expected {\"prompt\": \"text\"}, {\"messages\": [{\"role\": \"user\","
            + " \"content\": \"text\"}, ...]} or {\"" + SYSTEM + "\": \"text\", \"" + HISTORY + "\": [...]}";

    private final PromptSource source;
    private final Raw raw;

    private JsonPrompt(PromptSource source, Raw raw) {
        this.source = source;
        this.raw = raw;
    }

    public static Row parse(PromptSource source, Raw raw) {
        return new JsonPrompt(source, raw).row();
    }

    private Row row() {
        JsonNode node = read();
        if (node.isArray()) {
            return turns(node, "");
        }
        if (node.isNull()) {
            throw empty("it is null");
        }
        if (!node.isObject()) {
            throw refuse(EXPECTED + ", but it is " + kind(node));
        }
        String column = source.options().column();
        return column.isEmpty() ? form(node, "") : column(node, column);
    }

    private Row form(JsonNode node, String within) {
        List<String> forms = new ArrayList<>(List.of("prompt", "messages"));
        forms.removeIf(form -> !node.has(form));
        if (node.has(SYSTEM) || node.has(HISTORY)) {
            forms.add(SYSTEM);
        }
        if (forms.size() > 1) {
            throw refuse("it has both \"" + String.join("\" and \"", forms) + "\"; " + EXPECTED);
        }
        if (forms.isEmpty()) {
            OTHER_FORMS.stream()
                    .filter(form -> isForm(form, node.path(form), within))
                    .findFirst()
                    .ifPresent(forms::add);
        }
        String form = forms.isEmpty() ? "" : forms.get(0);
        String where = within + "\"" + form + "\"";
        return switch (form) {
            case "" -> throw refuse(EXPECTED + ", but its keys are " + keys(node));
            case "messages" -> turns(node.get(form), where);
            case SYSTEM -> conversation(node);
            // A line of a batch file: the body is what would be sent.
            case BODY -> form(node.get(form), where + ".");
            default -> value(node.get(form), where);
        };
    }

    private JsonNode read() {
        try {
            return MAPPER.readTree(raw.text());
        } catch (JsonProcessingException e) {
            var at = e.getLocation();
            long line = raw.line() + (at == null ? 0 : Math.max(0, at.getLineNr() - 1));
            int column = at == null ? 1 : Math.max(1, at.getColumnNr());
            throw OddRow.malformed(
                    source,
                    line,
                    "column " + column + ": not JSON: "
                            + QuotedText.sentence(e.getOriginalMessage()) + "; "
                            + source.format().unit() + " must be one JSON object");
        }
    }

    // These words are common: what stands there must look like a conversation.
    private static boolean isForm(String form, JsonNode value, String within) {
        return switch (form) {
            case BODY -> value.isObject() && within.isEmpty();
            case "input" -> (value.isArray() || value.isTextual()) && !within.isEmpty();
            default -> value.isArray() || value.isNull();
        };
    }

    private Row column(JsonNode node, String column) {
        JsonNode value = node.path(column);
        if (value.isMissingNode() && column.indexOf('.') > 0) {
            value = node; // body.messages: a key within another
            for (String key : column.split("\\.")) {
                value = value.path(key);
            }
        }
        if (value.isMissingNode()) {
            throw refuse("expected the key \"" + column + "\" (column=" + column + "), but its keys are " + keys(node));
        }
        return value(value, "\"" + column + "\"");
    }

    private Row value(JsonNode value, String where) {
        if (value.isArray()) {
            return turns(value, where);
        }
        return Row.of(text(value, where));
    }

    // The system turns of a history are left out: the prompt's content is the only system message.
    private Row conversation(JsonNode node) {
        List<ChatMessage> messages = new ArrayList<>();
        messages.add(new ChatMessage("system", text(node.path(SYSTEM), "\"" + SYSTEM + "\"")));
        Row history = turns(node.path(HISTORY), "\"" + HISTORY + "\"");
        for (ChatMessage turn : history.messages()) {
            if (!turn.role().equals("system")) {
                messages.add(turn);
            }
        }
        if (messages.size() == 1) {
            throw refuse(
                    "\"" + HISTORY + "\" must have a turn of the user or the assistant, but has system turns only");
        }
        return new Row(messages, history.answers(), history.blanks(), history.followUps());
    }

    private Row turns(JsonNode array, String key) {
        return Turns.read(array, key, (none, problem) -> none ? empty(problem) : refuse(problem));
    }

    private String text(JsonNode node, String where) {
        if (node.isNull()) {
            throw empty(where + " must be a string, but is null");
        }
        if (!node.isTextual()) {
            throw refuse(where + " must be a string, but is " + kind(node));
        }
        if (node.textValue().isBlank()) {
            throw empty(where + " must not be blank");
        }
        return node.textValue();
    }

    private static String keys(JsonNode node) {
        List<String> keys = new ArrayList<>();
        node.fieldNames().forEachRemaining(key -> keys.add(QuotedText.brief(key)));
        return QuotedText.list(keys);
    }

    static String kind(JsonNode node) {
        return switch (node.getNodeType()) {
            case MISSING -> "missing";
            case NULL -> "null";
            case ARRAY, OBJECT -> "an " + node.getNodeType().name().toLowerCase(Locale.ROOT);
            default -> "a " + node.getNodeType().name().toLowerCase(Locale.ROOT);
        };
    }

    private OddRow refuse(String problem) {
        return OddRow.malformed(source, raw.line(), problem);
    }

    private OddRow empty(String problem) {
        return OddRow.empty(source, raw.line(), problem);
    }
}
