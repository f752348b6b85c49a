package dev.llmload.protocol;

import dev.llmload.result.ChatMessage;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Collectors;

/** A conversation as the plain text that the completions interface takes. */
final class PromptText {
    private PromptText() {}

    /** The content of a single message as it is; of several, each after its role, and the assistant's turn opened. */
    static String of(List<ChatMessage> messages) {
        if (messages.size() == 1) {
            return wellFormed(messages.get(0).content());
        }
        return messages.stream()
                .map(message -> message.role() + ": " + wellFormed(message.content()) + "\n\n")
                .collect(Collectors.joining("", "", "assistant:"));
    }

    /** The same text with {@code ?} for each half of a surrogate pair, which UTF-8 cannot carry. */
    static String wellFormed(String text) {
        return text.chars().noneMatch(c -> Character.isSurrogate((char) c))
                ? text
                : new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
    }
}
