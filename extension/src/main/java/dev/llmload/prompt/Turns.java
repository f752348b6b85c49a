package dev.llmload.prompt;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.llmload.result.ChatMessage;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.StringJoiner;
import java.util.function.BiFunction;

/**
 * The turns of a conversation, as OpenAI has them ({@code role}, {@code content}) or ShareGPT ({@code from}, {@code value}),
 * or a list of texts, which are a user's. Used once.
 */
public final class Turns {
    /** What data sets call those who speak, in lower case. */
    private static final Map<String, String> ROLES = Map.ofEntries(
            Map.entry("system", "system"),
            Map.entry("developer", "developer"),
            Map.entry("user", "user"),
            Map.entry("human", "user"),
            Map.entry("prompter", "user"),
            Map.entry("assistant", "assistant"),
            Map.entry("gpt", "assistant"),
            Map.entry("chatgpt", "assistant"),
            Map.entry("bing", "assistant"),
            Map.entry("bard", "assistant"),
            Map.entry("claude", "assistant"),
            Map.entry("model", "assistant"),
            Map.entry("ai", "assistant"),
            Map.entry("chatbot", "assistant"),
            Map.entry("function_call", "assistant"),
            Map.entry("tool_call", "assistant"),
            Map.entry("tool", "tool"),
            Map.entry("function", "function"),
            Map.entry("ipython", "tool"),
            Map.entry("observation", "tool"),
            Map.entry("function_response", "tool"),
            Map.entry("tool_response", "tool"));
    /** What a turn may hold besides its text, and an endpoint understands. */
    private static final List<String> PASSED_ON = List.of("tool_calls", "function_call", "tool_call_id", "name");

    private final String key;
    private final BiFunction<Boolean, String, OddRow> odd;
    private final List<ChatMessage> messages = new ArrayList<>();
    private int blanks;
    private String firstBlank = "";

    private Turns(String key, BiFunction<Boolean, String, OddRow> odd) {
        this.key = key;
        this.odd = odd;
    }

    /**
     * Reads them.
     *
     * @param array the turns
     * @param key what they stand under, for messages; empty if the row is the array
     * @param odd makes a refusal: whether the row is merely empty, and what is wrong
     */
    static Row read(JsonNode array, String key, BiFunction<Boolean, String, OddRow> odd) {
        return new Turns(key, odd).read(array);
    }

    private Row read(JsonNode array) {
        String name = key.isEmpty() ? "the conversation" : key;
        if (!array.isArray() || array.isEmpty()) {
            boolean none = array.isArray() || array.isNull();
            throw odd.apply(
                    none,
                    name + " must be an array of at least one message, but is "
                            + (array.isArray() ? "empty" : JsonPrompt.kind(array)));
        }
        if (array.get(0).isTextual() && !key.endsWith("messages\"")) {
            return questions(array, name);
        }
        for (int i = 0; i < array.size(); i++) {
            turn(array.get(i), key + "[" + i + "]");
        }
        int answers = 0;
        while (!messages.isEmpty() && last().role().equals("assistant")) {
            messages.remove(messages.size() - 1);
            answers++;
        }
        if (messages.isEmpty()) {
            throw odd.apply(
                    true,
                    answers == 0 ? firstBlank : name + " must have a turn of the user, but only the assistant speaks");
        }
        if (messages.stream().allMatch(message -> isOfSystem(message.role()))) {
            throw odd.apply(true, name + " must have a turn of the user, but only the system speaks");
        }
        return new Row(messages, answers, blanks, 0);
    }

    private static boolean isOfSystem(String role) {
        return role.equals("system") || role.equals("developer");
    }

    /** A content that stands alone: a text, or parts of it. */
    static String text(JsonNode content, String key, BiFunction<Boolean, String, OddRow> odd) {
        return new Turns(key, odd).content(content, key, true);
    }

    private ChatMessage last() {
        return messages.get(messages.size() - 1);
    }

    // As MT-Bench has them: what the model would answer in between is not known.
    private Row questions(JsonNode array, String name) {
        String first = "";
        int texts = 0;
        for (JsonNode each : array) {
            if (!each.isTextual()) {
                throw odd.apply(false, name + " holds texts and also " + JsonPrompt.kind(each));
            }
            if (!each.textValue().isBlank()) {
                first = texts == 0 ? each.textValue() : first;
                texts++;
            }
        }
        if (texts == 0) {
            throw odd.apply(true, name + " must hold a text, but all are blank");
        }
        return new Row(List.of(new ChatMessage("user", first)), 0, array.size() - texts, texts - 1);
    }

    private void turn(JsonNode turn, String where) {
        if (!turn.isObject()) {
            throw odd.apply(
                    false, where + " must be an object with \"role\" and \"content\", but is " + JsonPrompt.kind(turn));
        }
        boolean shareGpt = !turn.has("role") && turn.has("from");
        String roleKey = shareGpt ? "from" : "role";
        String role = role(turn.path(roleKey), where + ".\"" + roleKey + "\"");
        // A result that answers no call of OpenAI's form is the next thing that is said to the model.
        if (shareGpt && (role.equals("tool") || role.equals("function"))) {
            role = "user";
        }
        String extra = extra(turn);
        String contentKey = turn.has("content") || !turn.has("value") ? "content" : "value";
        String content = content(turn.path(contentKey), where + ".\"" + contentKey + "\"", !extra.isEmpty());
        if (content.isBlank() && !extra.contains("call")) {
            blanks++;
            firstBlank = firstBlank.isEmpty() ? where + ".\"" + contentKey + "\" must not be blank" : firstBlank;
            return;
        }
        messages.add(new ChatMessage(role, content, extra));
    }

    private String role(JsonNode node, String where) {
        if (!node.isTextual()) {
            throw odd.apply(false, where + " must be a string, but is " + JsonPrompt.kind(node));
        }
        String name = node.textValue().strip();
        String role = ROLES.get(name.toLowerCase(Locale.ROOT));
        if (role == null) {
            throw odd.apply(
                    false,
                    name.isEmpty()
                            ? where + " must not be blank"
                            : where
                                    + " must be system, developer, user, assistant or tool (or a name that data sets have"
                                    + " for one, such as human or gpt), but is \"" + QuotedText.brief(name) + "\"");
        }
        return role;
    }

    /** The text of a turn; of several parts, each on lines of its own. */
    private String content(JsonNode node, String where, boolean mayBeMissing) {
        if (node.isTextual()) {
            return node.textValue();
        }
        if (node.isNull() || node.isMissingNode() && mayBeMissing) {
            return "";
        }
        if (!node.isArray()) {
            throw odd.apply(false, where + " must be a string, but is " + JsonPrompt.kind(node));
        }
        StringJoiner text = new StringJoiner("\n");
        for (int i = 0; i < node.size(); i++) {
            JsonNode part = node.get(i);
            String type = part.path("type").asText("text");
            if (part.isTextual()) {
                text.add(part.textValue());
            } else if (part.path("text").isTextual()
                    && (type.equals("text") || type.equals("input_text") || type.equals("output_text"))) {
                text.add(part.path("text").textValue());
            } else {
                throw odd.apply(
                        false,
                        where + "[" + i + "] must be a part of text, {\"type\": \"text\", \"text\": \"…\"}, but is "
                                + (part.has("type")
                                        ? "of the type \"" + QuotedText.brief(type) + "\""
                                        : JsonPrompt.kind(part)));
            }
        }
        return text.toString();
    }

    private static String extra(JsonNode turn) {
        ObjectNode extra = JsonNodeFactory.instance.objectNode();
        for (String name : PASSED_ON) {
            JsonNode value = turn.path(name);
            if (!value.isMissingNode() && !value.isNull() && !(value.isArray() && value.isEmpty())) {
                extra.set(name, value);
            }
        }
        return extra.isEmpty() ? "" : extra.toString();
    }
}
