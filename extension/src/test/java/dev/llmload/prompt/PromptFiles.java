package dev.llmload.prompt;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmload.result.ChatMessage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;

/** Prompt files as tests write them: content in, prompts or the refusal out. */
record PromptFiles(Path folder) {
    private static final ClassLoader LOADER = PromptFiles.class.getClassLoader();

    Prompts load(String name, String content) {
        return load(name, content, "");
    }

    Prompts load(String name, String content, String query) {
        try {
            return Prompts.load(Files.writeString(folder.resolve(name), content) + query, LOADER);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    String error(String name, String content) {
        return error(name, content, "");
    }

    /** The refusal, in which DIR stands for the folder. */
    String error(String name, String content, String query) {
        try {
            load(name, content, query);
        } catch (IllegalArgumentException e) {
            assertThat(e).hasMessageNotContaining("Exception");
            return e.getMessage().replace(folder.toString(), "DIR");
        }
        throw new AssertionError("accepted: " + content);
    }

    static String error(String spec) {
        try {
            Prompts.load(spec, LOADER);
        } catch (IllegalArgumentException e) {
            return e.getMessage();
        }
        throw new AssertionError("accepted: " + spec);
    }

    static List<List<ChatMessage>> all(Prompts prompts) {
        return IntStream.range(0, prompts.size())
                .mapToObj(i -> prompts.get(i).messages())
                .toList();
    }

    /** The texts of prompts of one message. */
    static List<String> texts(Prompts prompts) {
        return all(prompts).stream()
                .map(messages -> {
                    assertThat(messages).hasSize(1);
                    return messages.get(0).content();
                })
                .toList();
    }
}
