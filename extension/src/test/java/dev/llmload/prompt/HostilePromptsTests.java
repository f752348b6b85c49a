package dev.llmload.prompt;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Whatever a file holds: it is read, or refused with a sentence; nothing else reaches the user. */
class HostilePromptsTests {
    private static final String[] ENDINGS = {".jsonl", ".json", ".csv", ".txt"};

    private static void readOrRefused(byte[] content) throws IOException {
        for (String ending : ENDINGS) {
            Path file = Files.createTempFile("hostile", ending);
            try {
                Files.write(file, content);
                Prompts prompts = Prompts.load(file.toString(), HostilePromptsTests.class.getClassLoader());
                assertThat(prompts.get(prompts.size() - 1).messages()).isNotEmpty();
            } catch (IllegalArgumentException e) {
                assertThat(e.getMessage())
                        .startsWith("prompts \"" + file + "\"")
                        .matches("\\P{Cc}*")
                        .hasSizeLessThan(1_000);
            } finally {
                Files.delete(file);
            }
        }
    }

    @Property(tries = 400)
    void anyBytes(@ForAll byte[] content) throws IOException {
        readOrRefused(content);
    }

    @Property(tries = 1_500)
    void brokenSyntax(@ForAll("pieces") String content) throws IOException {
        readOrRefused(content.getBytes(java.nio.charset.StandardCharsets.UTF_8));
    }

    @Provide
    Arbitrary<String> pieces() {
        return Arbitraries.of(
                        "[",
                        "]",
                        "{",
                        "}",
                        ",",
                        "\"",
                        "\\",
                        ":",
                        "\n",
                        "\r\n",
                        " ",
                        "prompt",
                        "\"prompt\"",
                        "messages",
                        "\"messages\"",
                        "\"role\"",
                        "\"user\"",
                        "\"content\"",
                        "prompt,id",
                        "#",
                        "null",
                        "1e999",
                        "\0",
                        "\uFEFF",
                        "😀",
                        "\\ud800",
                        "\u001b[31m",
                        "\"prompt_content\":\"s\"",
                        "\"cut_chat_history\":[",
                        "{\"prompt\":\"a\"}",
                        "é")
                .list()
                .ofMaxSize(14)
                .map(parts -> String.join("", parts));
    }
}
