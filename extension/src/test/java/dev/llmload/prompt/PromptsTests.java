package dev.llmload.prompt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.llmload.junit.Reuse;
import dev.llmload.result.ChatMessage;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PromptsTests {
    @TempDir
    Path folder;

    private ClassLoader loader;

    @BeforeEach
    void classPath() throws IOException {
        loader = new URLClassLoader(new URL[] {folder.toUri().toURL()}, null);
    }

    private Path write(String name, String content) throws IOException {
        return Files.writeString(folder.resolve(name), content);
    }

    private String jsonlError(String content) throws IOException {
        return error(write("p.jsonl", content).toString());
    }

    private String error(String spec) {
        try {
            Prompts.load(spec, loader);
        } catch (IllegalArgumentException e) {
            return e.getMessage().replace(folder.toString(), "DIR");
        }
        throw new AssertionError("accepted: " + spec);
    }

    @Nested
    class Sources {
        @ParameterizedTest
        @ValueSource(strings = {"classpath:/p.txt", "classpath:p.txt"})
        void classPath_isReadWithOrWithoutSlash(String spec) throws IOException {
            write("p.txt", "one\n");
            assertThat(Prompts.load(spec, loader).get(0).messages()).containsExactly(new ChatMessage("user", "one"));
        }

        @Test
        void file_isReadByPlainPathAndByEachFormOfFileScheme() throws IOException {
            Path file = write("p.txt", "one\n");
            assertThat(Prompts.load(file.toString(), loader).size()).isEqualTo(1);
            assertThat(Prompts.load("file:" + file, loader).size()).isEqualTo(1);
            assertThat(Prompts.load("file://" + file.toUri().getPath(), loader).size())
                    .isEqualTo(1);
        }

        @ParameterizedTest
        @CsvSource({"builtin:chat, 40", "builtin:short, 20", "builtin:long, 5"})
        void builtIn_holdsDistinctPrompts(String spec, int atLeast) {
            Prompts prompts = Prompts.load(spec, loader);
            assertThat(prompts.size()).isGreaterThanOrEqualTo(atLeast);
            PromptSupply supply = new PromptSupply(prompts, Reuse.ALLOW, 1);
            assertThat(java.util.stream.IntStream.range(0, prompts.size())
                            .mapToObj(i -> supply.next().identity()))
                    .doesNotHaveDuplicates();
        }

        @Test
        void missingResource_saysWhereItLooked() {
            assertThat(error("classpath:/no/such.jsonl"))
                    .startsWith("prompts \"classpath:/no/such.jsonl\" not found: the class path has no resource"
                            + " \"no/such.jsonl\"; put it under src/test/resources/no/such.jsonl");
        }

        @Test
        void missingFile_saysTheAbsolutePath() {
            assertThat(error("nowhere.txt"))
                    .startsWith("prompts \"nowhere.txt\" not found: no file "
                            + Path.of("nowhere.txt").toAbsolutePath() + "; expected classpath:/path");
        }

        @Test
        void missingFile_thatTheClassPathHas_offersIt() throws IOException {
            write("on-path-only.txt", "one");
            assertThat(error("on-path-only.txt"))
                    .endsWith("; the class path has one: write \"classpath:/on-path-only.txt\"");
        }

        @Test
        void folder_isRefused() {
            assertThat(error(folder.toString())).endsWith("a folder, not a file, is at DIR; name one of its files");
            assertThat(error(".")).contains("a folder, not a file").doesNotContain("classpath:");
        }

        @Test
        void unknownScheme_listsTheKnown() {
            assertThat(error("class:/p.jsonl"))
                    .isEqualTo("prompts \"class:/p.jsonl\": unknown scheme \"class:\"; expected"
                            + " classpath:/path/prompts.jsonl, file:path/prompts.txt, a plain path, builtin:chat,"
                            + " builtin:short, builtin:long, hf:owner/name, or synthetic:input=512");
        }

        @Test
        void unknownBuiltIn_listsTheKnown() {
            assertThat(error("builtin:chatt"))
                    .isEqualTo("prompts \"builtin:chatt\": there is no built-in set \"chatt\"; expected builtin:chat,"
                            + " builtin:short, builtin:long");
        }

        @Test
        void unknownEnding_namesTheKnown() throws IOException {
            assertThat(error(write("p.yaml", "{}").toString()))
                    .endsWith(
                            "must be .jsonl (one JSON object per line), .json (an array), .csv (with a header) or .txt"
                                    + " (one prompt per line), but the name is \"p.yaml\"");
        }

        @Test
        void noName_isRefused() {
            assertThat(error("  ")).startsWith("no prompts named: expected classpath:");
        }
    }

    @Nested
    class Lines {
        @Test
        void text_skipsBlankLinesAndComments_andStrips() throws IOException {
            Prompts prompts = Prompts.load(
                    write("p.txt", "# ours\n\n  first  \r\n   \nsecond # kept").toString(), loader);
            assertThat(prompts.size()).isEqualTo(2);
            assertThat(prompts.get(0)).isEqualTo(new Prompt(0, java.util.List.of(new ChatMessage("user", "first"))));
            assertThat(prompts.get(1).messages()).containsExactly(new ChatMessage("user", "second # kept"));
        }

        @Test
        void jsonl_takesPromptsAndConversations_andIgnoresOtherKeys() throws IOException {
            Prompts prompts = Prompts.load(
                    write(
                                    "p.jsonl",
                                    "{\"id\": 7, \"prompt\": \"hé\\n中\"}\n\n"
                                            + "{\"messages\":[{\"role\":\"system\",\"content\":\"s\"},{\"role\":\"user\",\"content\":\"u\"}]}")
                            .toString(),
                    loader);
            assertThat(prompts.get(0).messages()).containsExactly(new ChatMessage("user", "hé\n中"));
            assertThat(prompts.get(1).messages())
                    .containsExactly(new ChatMessage("system", "s"), new ChatMessage("user", "u"));
        }

        @Test
        void byteOrderMark_isNoPartOfTheFirstPrompt() throws IOException {
            Prompts prompts = Prompts.load(write("p.txt", "\uFEFFone").toString(), loader);
            assertThat(prompts.get(0).messages()).containsExactly(new ChatMessage("user", "one"));
        }

        @Test
        void malformedUtf8_isAnErrorWithItsPlace() throws IOException {
            Path file = folder.resolve("p.txt");
            Files.write(file, "fine\ncaf\u00e9".getBytes(StandardCharsets.ISO_8859_1));
            assertThat(error(file.toString()))
                    .isEqualTo("prompts \"DIR/p.txt\", line 2: byte 4 (0xE9) is not UTF-8; save the file as UTF-8");
        }

        @Test
        void emptyFile_isRefused() throws IOException {
            assertThat(jsonlError(""))
                    .isEqualTo("prompts \"DIR/p.jsonl\": there must be at least one prompt, but it is empty");
        }

        @Test
        void fileOfComments_isRefused() throws IOException {
            assertThat(error(write("p.txt", "# a\n# b\n").toString()))
                    .isEqualTo("prompts \"DIR/p.txt\": there must be at least one prompt, but it has none");
        }
    }

    @Nested
    class JsonMistakes {
        @Test
        void badJson_hasLineAndColumn() throws IOException {
            assertThat(jsonlError("{\"prompt\":\"a\"}\n{\"prompt\": oops}"))
                    .startsWith("prompts \"DIR/p.jsonl\", line 2: column 1")
                    .contains("not JSON: Unrecognized token 'oops'")
                    .endsWith("each line must be one JSON object");
        }

        @Test
        void twoObjectsOnALine_isBadJson() throws IOException {
            assertThat(jsonlError("{\"prompt\":\"a\"} {\"prompt\":\"b\"}")).contains("line 1: column 16: not JSON");
        }

        @Test
        void doubleKey_isBadJson() throws IOException {
            assertThat(jsonlError("{\"prompt\":\"a\",\"prompt\":\"b\"}")).contains("Duplicate field 'prompt'");
        }

        @ParameterizedTest
        @CsvSource(
                delimiter = '|',
                quoteCharacter = '`',
                value = {
                    "{\"question\":\"a\", \"id\":1}|but its keys are question, id",
                    "{}|but its keys are none",
                    "[1]|[0] must be an object with \"role\" and \"content\", but is a number",
                    "\"text\"|but it is a string",
                    "{\"prompt\":\"a\",\"messages\":[]}|it has both \"prompt\" and \"messages\"",
                    "{\"prompt\":7}|\"prompt\" must be a string, but is a number",
                    "{\"prompt\":null}|\"prompt\" must be a string, but is null",
                    "{\"prompt\":\"  \"}|\"prompt\" must not be blank",
                    "{\"messages\":{}}|\"messages\" must be an array of at least one message, but is an object",
                    "{\"messages\":[]}|\"messages\" must be an array of at least one message, but is empty",
                    "{\"messages\":[\"a\"]}|\"messages\"[0] must be an object with \"role\" and \"content\", but is a string",
                    "{\"messages\":[{\"content\":\"a\"}]}|\"messages\"[0].\"role\" must be a string, but is missing",
                    "{\"messages\":[{\"role\":\"user\"}]}|\"messages\"[0].\"content\" must be a string, but is missing",
                    "{\"messages\":[{\"role\":\"narrator\",\"content\":\"a\"}]}|must be system, developer, user, assistant or tool (or a name that data sets have for one, such as human or gpt), but is \"narrator\""
                })
        void wrongShape_saysWhatWasExpectedAndFound(String line, String problem) throws IOException {
            assertThat(jsonlError("\n" + line))
                    .startsWith("prompts \"DIR/p.jsonl\", line 2: ")
                    .contains(problem);
        }

        @Test
        void unknownKeys_namesTheAcceptedShapes() throws IOException {
            assertThat(jsonlError("{\"text\":\"a\"}"))
                    .contains("expected {\"prompt\": \"text\"}, {\"messages\": [{\"role\": \"user\", \"content\":"
                            + " \"text\"}, ...]} or {\"prompt_content\": \"text\", \"cut_chat_history\": [...]}");
        }
    }

    @Nested
    class Numbers {
        @Test
        void statistics_areOfAllContentsTogether() throws IOException {
            Prompts prompts = Prompts.load(
                    write(
                                    "p.jsonl",
                                    "{\"prompt\":\"one two\"}\n{\"prompt\":\"abc\"}\n"
                                            + "{\"messages\":[{\"role\":\"system\",\"content\":\"be brief\"},{\"role\":\"user\",\"content\":\"why 😀\"}]}\n"
                                            + "{\"prompt\":\"z\"}")
                            .toString(),
                    loader);
            assertThat(prompts.statistics()).isEqualTo(new PromptStatistics(4, 6.0, 5.0, 1, 13, 2.0, 1.5, 1, 4, 0, 0));
        }

        @Test
        void sha256_dependsOnTheTextsAlone() throws IOException {
            String text = Prompts.load(write("a.txt", "one\r\ntwo\r\n").toString(), loader)
                    .sha256();
            String json = Prompts.load(
                            write("a.jsonl", "{\"prompt\":\"one\",\"id\":1}\n{\"prompt\":\"two\"}\n")
                                    .toString(),
                            loader)
                    .sha256();
            assertThat(text).hasSize(64).isEqualTo(json);
            assertThat(Prompts.load(write("b.txt", "two\none").toString(), loader)
                            .sha256())
                    .isNotEqualTo(text);
            assertThat(Prompts.load(write("c.txt", "onetwo").toString(), loader).sha256())
                    .isNotEqualTo(text);
        }

        @Test
        void prompt_needsAMessage() {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> new Prompt(3, java.util.List.of()))
                    .withMessage("a prompt must have at least one message, but prompt 3 has none");
        }
    }
}
