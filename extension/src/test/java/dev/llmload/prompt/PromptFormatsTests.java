package dev.llmload.prompt;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmload.result.ChatMessage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PromptFormatsTests {
    @TempDir
    Path folder;

    private PromptFiles files;

    @BeforeEach
    void files() {
        files = new PromptFiles(folder);
    }

    @Nested
    class Arrays {
        @Test
        void elements_mayBeOfEachForm_andSpanLines() {
            Prompts prompts = files.load("p.json", """
                    [
                      {"prompt": "a ] , } \\" b"},
                      {"messages": [
                        {"role": "system", "content": "s"},
                        {"role": "user", "content": "u"}]}
                      ,{"prompt_content": "p", "cut_chat_history": [{"role": "user", "content": "é"}]}]
                    """);
            assertThat(PromptFiles.all(prompts))
                    .containsExactly(
                            List.of(new ChatMessage("user", "a ] , } \" b")),
                            List.of(new ChatMessage("system", "s"), new ChatMessage("user", "u")),
                            List.of(new ChatMessage("system", "p"), new ChatMessage("user", "é")));
        }

        @Test
        void column_namesTheKey_andLimitHowMany() {
            String alpaca = """
                    [{"instruction": "one", "input": "", "output": "x"}, {"instruction": "two"}, {"instruction": "three"}]
                    """;
            assertThat(PromptFiles.texts(files.load("a.json", alpaca, "?column=instruction&limit=2")))
                    .containsExactly("one", "two");
            assertThat(files.error("a.json", alpaca, "?column=instructions"))
                    .isEqualTo("prompts \"DIR/a.json?column=instructions\", line 1: expected the key \"instructions\""
                            + " (column=instructions), but its keys are instruction, input, output");
        }

        @ParameterizedTest
        @CsvSource(
                delimiter = '|',
                quoteCharacter = '`',
                value = {
                    "{\"prompt\":\"a\"}|line 1: a .json source must be one array of prompts, [{\"prompt\": \"text\"}, ...], but begins with {; one object per line is called .jsonl",
                    "[{\"prompt\":\"a\"}|line 1: the array is never closed: expected , or ]",
                    "[{\"prompt\":\"a\"} {\"prompt\":\"b\"}]|line 1: expected , or ] but found {",
                    "[{\"prompt\":\"a\"},]|line 1: expected an element of the array, but found ]",
                    "[,{\"prompt\":\"a\"}]|line 1: expected an element of the array, but found ,",
                    "[{\"prompt\":\"a\"}] x|line 1: expected nothing after the array, but found x",
                    "[{\"prompt\":\"a\"|line 1: the array ends within an element: a } or ] is missing",
                    "[{\"prompt\":\"a|line 1: the array ends within an element: a closing quote is missing",
                    "[7]|, but it is a number",
                    "[oops]|column 1: not JSON: Unrecognized token 'oops'",
                    "[]|there must be at least one prompt, but it has none",
                })
        void whatIsWrong_isSaid(String content, String problem) {
            assertThat(files.error("p.json", content))
                    .startsWith("prompts \"DIR/p.json\"")
                    .contains(problem);
        }

        @Test
        void badElement_hasTheLineOfTheMistake() {
            assertThat(files.error("p.json", "[\n{\"prompt\": \"a\"},\n\n{\n\"prompt\": oops}]"))
                    .startsWith("prompts \"DIR/p.json\", line 5: column ")
                    .contains("not JSON: Unrecognized token 'oops'")
                    .endsWith("each element of the array must be one JSON object");
            assertThat(files.error("p.json", "[\n{\"prompt\": \"a\"},\n\n{\n\"prompt\": 7}]"))
                    .isEqualTo("prompts \"DIR/p.json\", line 4: \"prompt\" must be a string, but is a number");
        }
    }

    @Nested
    class Conversations {
        @Test
        void systemTurnsOfTheHistory_areSkipped_andOtherKeysIgnored() {
            Prompts prompts = files.load(
                    "c.jsonl",
                    "{\"prompt_content\": \"Be brief.\", \"turnXp\": 3, \"cut_chat_history\": ["
                            + "{\"role\": \"system\", \"content\": \"not sent\"},"
                            + "{\"role\": \"assistant\", \"content\": \"Hello!\", \"animation\": \"wave\"},"
                            + "{\"role\": \"system\", \"content\": \"nor this\"},"
                            + "{\"role\": \"user\", \"content\": \"Hi\", \"isAssistantMessage\": false}]}");
            assertThat(PromptFiles.all(prompts))
                    .containsExactly(List.of(
                            new ChatMessage("system", "Be brief."),
                            new ChatMessage("assistant", "Hello!"),
                            new ChatMessage("user", "Hi")));
        }

        @ParameterizedTest
        @CsvSource(
                delimiter = '|',
                quoteCharacter = '`',
                value = {
                    "{\"prompt_content\":\"s\"}|\"cut_chat_history\" must be an array of at least one message, but is missing",
                    "{\"cut_chat_history\":[{\"role\":\"user\",\"content\":\"u\"}]}|\"prompt_content\" must be a string, but is missing",
                    "{\"prompt_content\":\"s\",\"cut_chat_history\":[]}|\"cut_chat_history\" must be an array of at least one message, but is empty",
                    "{\"prompt_content\":\"s\",\"cut_chat_history\":[{\"role\":\"system\",\"content\":\"u\"}]}|must have a turn of the user, but only the system speaks",
                    "{\"prompt_content\":\"s\",\"cut_chat_history\":[{\"role\":\"bot\",\"content\":\"u\"}]}|\"cut_chat_history\"[0].\"role\" must be system, developer, user, assistant or tool (or a name that data sets have for one, such as human or gpt), but is \"bot\"",
                    "{\"prompt_content\":\"s\",\"prompt\":\"p\",\"cut_chat_history\":[]}|it has both \"prompt\" and \"prompt_content\"",
                })
        void whatIsWrong_isSaid(String line, String problem) {
            assertThat(files.error("p.jsonl", "\n" + line))
                    .startsWith("prompts \"DIR/p.jsonl\", line 2: ")
                    .contains(problem);
        }
    }

    @Nested
    class Csv {
        @Test
        void quotedFields_mayHoldCommasQuotesAndLineEndings() {
            Prompts prompts = files.load(
                    "p.csv",
                    "id,prompt\r\n1,plain\r\n2,\"a, b\"\r\n\r\n3,\"he said \"\"hi\"\"\r\nand left\"\r\n4,\"\"\"\"\"\"");
            assertThat(PromptFiles.texts(prompts))
                    .containsExactly("plain", "a, b", "he said \"hi\"\r\nand left", "\"\"");
        }

        @Test
        void column_namesAnother() {
            assertThat(PromptFiles.texts(files.load("p.csv", "q,a\nwhy?,so\nhow?,thus", "?column=q")))
                    .containsExactly("why?", "how?");
        }

        @ParameterizedTest
        @CsvSource(
                delimiter = '|',
                quoteCharacter = '`',
                value = {
                    "question,answer#a,b|line 1: the header must name one column \"prompt\", but its columns are question, answer; name another with ?column=",
                    "prompt;id#a;1|line 1: the header must name one column \"prompt\", but its columns are prompt;id (columns are separated by commas)",
                    "prompt,prompt#a,b|line 1: the header must name one column \"prompt\", but its columns are prompt, prompt",
                    "prompt,id#a,1#b|line 3: expected 2 fields as in the header, but found 1; put a field that holds a comma in quotes",
                    "prompt,id#a,b,1|line 2: expected 2 fields as in the header, but found 3",
                    "prompt,id#\"a,1#b,2|line 2: character 1: the quote opened here is never closed",
                    "prompt,id#\"a\" b,1|line 2: character 4: after a closing quote a comma or the end of the line must follow",
                    "prompt,id#a \"b\",1|line 2: character 3: a quote inside a field that does not begin with one",
                    "prompt,id# ,1|line 2: the column \"prompt\" must not be blank",
                    "prompt,id|there must be at least one prompt, but it has none",
                })
        void whatIsWrong_isSaid(String content, String problem) {
            assertThat(files.error("p.csv", content.replace('#', '\n')))
                    .startsWith("prompts \"DIR/p.csv\"")
                    .contains(problem);
        }

        @Test
        void lineNumbers_countTheLineEndingsWithinQuotes() {
            assertThat(files.error("p.csv", "prompt\n\"a\nb\nc\"\nx,y")).contains("line 5: expected 1 field");
        }
    }

    @Nested
    class Options {
        @Test
        void unknownOption_namesTheKnown() {
            assertThat(files.error("p.jsonl", "{}", "?colum=a"))
                    .isEqualTo(
                            "prompts \"DIR/p.jsonl?colum=a\": expected column=…&limit=…&skip=… behind the ?, each if needed,"
                                    + " but found \"colum=a\"");
        }

        @ParameterizedTest
        @CsvSource({"0", "-1", "many"})
        void limit_mustBeANumberOfAtLeastOne(String limit) {
            assertThat(files.error("p.jsonl", "{}", "?limit=" + limit))
                    .endsWith(": limit must be a whole number of at least 1, but is \"" + limit + "\"");
        }

        @Test
        void optionGivenTwice_isRefused() {
            assertThat(files.error("p.jsonl", "{}", "?limit=1&limit=2")).endsWith(": limit is given twice");
        }

        @Test
        void textHasNoColumns() {
            assertThat(files.error("p.txt", "a", "?column=b"))
                    .endsWith("a .txt has no columns: leave ?column= out, or name a .jsonl, .json or .csv");
        }

        @Test
        void columnWithSpaces_isWrittenAsInAnAddress() {
            assertThat(PromptFiles.texts(files.load("p.jsonl", "{\"the question\": \"a\"}", "?column=the+question")))
                    .containsExactly("a");
            assertThat(files.error("p.jsonl", "{}", "?column=100%")).contains("a % must be written as %25");
        }

        @Test
        void columnThatHoldsMessages_isAConversation() {
            assertThat(PromptFiles.all(files.load(
                            "p.jsonl", "{\"chat\": [{\"role\": \"user\", \"content\": \"a\"}]}", "?column=chat")))
                    .containsExactly(List.of(new ChatMessage("user", "a")));
        }
    }

    @Nested
    class NotText {
        @Test
        void utf16_isNamed() throws IOException {
            Path file = Files.write(folder.resolve("p.txt"), "\uFEFFone".getBytes(StandardCharsets.UTF_16BE));
            assertThat(PromptFiles.error(file.toString()))
                    .endsWith("line 1: it is UTF-16, not UTF-8; save the file as UTF-8");
        }

        @Test
        void nul_isRefusedWithItsPlace() {
            assertThat(files.error("p.txt", "one\ntw\0o")).contains("line 2: character 3 is NUL: this is no text");
            assertThat(files.error("p.csv", "prompt\ntw\0o")).contains("line 2: character 3 is NUL");
        }

        @Test
        void cutOffCharacter_isAnErrorWithItsLine() throws IOException {
            byte[] bytes = "[{\"prompt\":\n\"é".getBytes(StandardCharsets.UTF_8);
            Path file = Files.write(folder.resolve("p.jsonl"), java.util.Arrays.copyOf(bytes, bytes.length - 1));
            assertThat(PromptFiles.error(file.toString()))
                    .contains("line 1: column ")
                    .doesNotContain("Exception");
        }

        @Test
        void lineBeyondSixteenMegabytes_isRefused() {
            assertThat(files.error("p.txt", "short\n" + "x".repeat(ByteCursor.LONGEST + 1)))
                    .endsWith("line 2: it is longer than 16 MiB: one prompt cannot be that long");
        }

        @Test
        void deepNesting_isAnErrorNotAnOverflow() {
            assertThat(files.error("p.jsonl", "{\"prompt\":" + "[".repeat(100_000) + "]".repeat(100_000) + "}"))
                    .contains("line 1: column ")
                    .contains("not JSON");
        }
    }
}
