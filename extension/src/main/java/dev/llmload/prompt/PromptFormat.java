package dev.llmload.prompt;

import dev.llmload.result.ChatMessage;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** How a line of a source becomes a prompt. */
enum PromptFormat {
    JSONL {
        @Override
        Optional<List<ChatMessage>> line(PromptSource source, int number, String text) {
            return text.isBlank() ? Optional.empty() : Optional.of(JsonPromptLine.parse(source, number, text));
        }
    },
    TEXT {
        @Override
        Optional<List<ChatMessage>> line(PromptSource source, int number, String text) {
            return text.isBlank() || text.startsWith("#")
                    ? Optional.empty()
                    : Optional.of(List.of(new ChatMessage("user", text.strip())));
        }
    };

    /** The messages of a line; empty if it is to be skipped. */
    abstract Optional<List<ChatMessage>> line(PromptSource source, int number, String text);

    static PromptFormat of(PromptSource source) {
        String name = source.name().toLowerCase(Locale.ROOT);
        if (name.endsWith(".jsonl")) {
            return JSONL;
        }
        if (name.endsWith(".txt")) {
            return TEXT;
        }
        throw new IllegalArgumentException("prompts \"" + source.spec()
                + "\": the ending says the form and must be .jsonl (one JSON object per line) or .txt (one prompt per"
                + " line), but the name is \"" + source.name() + "\"");
    }

    List<Prompt> parse(PromptSource source) {
        List<Prompt> prompts = new ArrayList<>();
        Utf8Lines lines = new Utf8Lines(source);
        for (String text = lines.next(); text != null; text = lines.next()) {
            line(source, lines.number(), text).ifPresent(messages -> prompts.add(new Prompt(prompts.size(), messages)));
        }
        if (prompts.isEmpty()) {
            throw new IllegalArgumentException("prompts \"" + source.spec()
                    + "\": there must be at least one prompt, but "
                    + (source.bytes().length == 0 ? "it is empty" : "it has none in " + lines.number() + " lines"));
        }
        return List.copyOf(prompts);
    }
}
