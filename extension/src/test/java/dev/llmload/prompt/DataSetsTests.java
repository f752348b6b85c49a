package dev.llmload.prompt;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.llmload.junit.Api;
import dev.llmload.prompt.hub.Hub;
import dev.llmload.protocol.RequestBodies;
import dev.llmload.result.ChatMessage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Files as public data sets have them. */
class DataSetsTests {
    private static final String GOOD = "{\"prompt\":\"good\"}";

    @TempDir
    Path folder;

    private PromptFiles files;

    @BeforeEach
    void files() {
        files = new PromptFiles(folder);
    }

    private static ChatMessage user(String text) {
        return new ChatMessage("user", text);
    }

    private static ChatMessage assistant(String text) {
        return new ChatMessage("assistant", text);
    }

    private static String resource(String name) throws IOException {
        try (var in = DataSetsTests.class.getResourceAsStream("/cases/" + name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private List<ChatMessage> only(String line, String query) {
        Prompts prompts = files.load("p.jsonl", line + "\n", query);
        assertThat(prompts.size()).isEqualTo(1);
        return prompts.get(0).messages();
    }

    private List<ChatMessage> only(String line) {
        return only(line, "");
    }

    @Nested
    class OtherForms {
        private final ChatMessage system = new ChatMessage("system", "be brief");

        @Test
        void anInstruction_isSentWithWhatItIsAbout() {
            assertThat(only("{\"instruction\":\"Say hi\",\"input\":\"\",\"output\":\"hi\"}"))
                    .containsExactly(user("Say hi"));
            assertThat(only("{\"instruction\":\"Sum\",\"input\":\"1 2\",\"output\":\"3\"}"))
                    .containsExactly(user("Sum\n\n1 2"));
            assertThat(only("{\"instruction\":\"When?\",\"context\":\"an airline\",\"response\":\"2000\"}"))
                    .containsExactly(user("When?\n\nan airline"));
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "{\"system\":\"be brief\",\"conversations\":[{\"from\":\"human\",\"value\":\"u\"}]}",
                    "{\"system_prompt\":\"be brief\",\"prompt\":\"u\"}",
                    "{\"system\":\"be brief\",\"messages\":[{\"role\":\"user\",\"content\":\"u\"}]}",
                    "{\"custom_id\":\"1\",\"params\":{\"system\":\"be brief\",\"messages\":[{\"role\":\"user\",\"content\":\"u\"}]}}",
                    "{\"params\":{\"system\":[{\"type\":\"text\",\"text\":\"be brief\"}],\"messages\":[{\"role\":\"user\",\"content\":\"u\"}]}}",
                    "{\"body\":{\"instructions\":\"be brief\",\"input\":[{\"role\":\"user\",\"content\":[{\"type\":\"input_text\",\"text\":\"u\"}]}]}}"
                })
        void theSystemsTurnBesideTheOthers_isSentFirst(String line) {
            assertThat(only(line)).containsExactly(system, user("u"));
        }

        @Test
        void oneThatTheConversationHasItself_isNotSentTwice_norABlankOne() {
            assertThat(only("{\"system\":\"other\",\"messages\":[{\"role\":\"system\",\"content\":\"be brief\"},"
                            + "{\"role\":\"user\",\"content\":\"u\"}]}"))
                    .containsExactly(system, user("u"));
            assertThat(only("{\"system\":\"\",\"prompt\":\"u\"}")).containsExactly(user("u"));
            assertThat(only(
                            "{\"system\":null,\"conversations\":[{\"from\":\"human\",\"value\":\"u\"}]}",
                            "?column=conversations"))
                    .containsExactly(user("u"));
        }

        @Test
        void aPromptThatRepeatsATurn_isThatTurn() {
            assertThat(only("{\"prompt\":\"u\",\"prompt_id\":\"7\",\"messages\":[{\"role\":\"user\",\"content\":\"u\"},"
                            + "{\"role\":\"assistant\",\"content\":\"a\"}]}"))
                    .containsExactly(user("u"));
            assertThat(files.error(
                            "p.jsonl", "{\"prompt\":\"v\",\"messages\":[{\"role\":\"user\",\"content\":\"u\"}]}"))
                    .contains("it has both \"prompt\" and \"messages\"");
        }

        @Test
        void aConversationOfTheSystemAlone_isNone() {
            assertThat(files.error(
                            "p.jsonl",
                            "{\"messages\":[{\"role\":\"system\",\"content\":\"s\"},"
                                    + "{\"role\":\"assistant\",\"content\":\"a\"}]}"))
                    .endsWith("\"messages\" must have a turn of the user, but only the system speaks");
        }

        @Test
        void aScoreThatIsNoNumber_refusesNoRow() {
            assertThat(only("{\"prompt\":\"u\",\"score\":NaN}")).containsExactly(user("u"));
        }

        @Test
        void keysThatAreNotKnown_areListed_withHowToNameOne() {
            assertThat(files.error("p.jsonl", "{\"question\":\"q\",\"answer\":\"a\"}"))
                    .endsWith("but its keys are question, answer; name the one that holds the prompt with ?column=");
        }
    }

    @Nested
    class OtherFiles {
        @ParameterizedTest
        @CsvSource(
                delimiter = '|',
                value = {
                    "5041523115041580|it is a Parquet file, which is not read here; write it as .jsonl, one JSON object per line",
                    "4152524f573100000a|it is an Arrow file, which is not read here; write it as .jsonl, one JSON object per line",
                    "1f8b080000000000|it is compressed (gzip); unpack it first",
                    "28b52ffd0458|it is compressed (zstd); unpack it first",
                    "fd377a585a0000|it is compressed (xz); unpack it first",
                    "425a683931415926535900|it is compressed (bzip2); unpack it first",
                    "504b03040a|it is an archive (zip); unpack it first",
                    "fffe7b00|it is UTF-16, not UTF-8; save the file as UTF-8"
                })
        void whatIsNoText_isSaid_whateverItsEnding(String hex, String what) throws IOException {
            byte[] bytes = HexFormat.of().parseHex(hex);
            for (String name : List.of("p.jsonl", "p.json", "p.csv", "p.txt")) {
                Files.write(folder.resolve(name), bytes);
                assertThat(PromptFiles.error(folder.resolve(name).toString())).endsWith("line 1: " + what);
            }
        }

        @Test
        void aPageOrAPointer_isSaid_whereItMustBeJson() {
            assertThat(files.error("p.json", "<!DOCTYPE html><html>Access denied</html>"))
                    .contains("it is a page of HTML");
            assertThat(files.error(
                            "p.jsonl", "version https://git-lfs.github.com/spec/v1\noid sha256:4d7a\nsize 642\n"))
                    .endsWith("fetch that with `git lfs pull`");
            assertThat(PromptFiles.texts(files.load("p.txt", "<html> means what?\n")))
                    .containsExactly("<html> means what?");
        }

        @Test
        void anArrayOverSeveralLines_asLines_isSaid_withoutTheParsersOwnWords() {
            assertThat(files.error("p.jsonl", "[\n  {\"prompt\": \"a\"}\n]\n"))
                    .endsWith("line 1: column 2: not JSON: Unexpected end-of-input: expected close marker for Array;"
                            + " each line must be one JSON object; an array over several lines is called .json");
            assertThat(files.error("p.jsonl", "{\"prompt\":\"a\"}\r{\"prompt\":\"b\"}"))
                    .contains("not JSON: Trailing token (of type START_OBJECT) found after value; each line")
                    .doesNotContain("Deserialization", "fasterxml");
        }
    }

    @Nested
    class ShareGpt {
        @ParameterizedTest
        @ValueSource(strings = {"?column=conversations", ""})
        void fromAFile_isReadAsConversations_andEmptyOnesAreSkipped(String query) throws IOException {
            Prompts prompts = files.load("prompts-35.json", resource("prompts-35-sharegpt.json"), query);

            assertThat(PromptFiles.all(prompts))
                    .containsExactly(
                            List.of(user("Name a planet."), assistant("Mars."), user("Another one?")),
                            List.of(new ChatMessage("system", "Be brief."), user("Why is the sea salt?")));
            assertThat(prompts.notes())
                    .anySatisfy(note -> assertThat(note)
                            .contains(": 1 row without a text was skipped, of 3: line ")
                            .contains("\"conversations\" must be an array of at least one message, but is empty"))
                    .anySatisfy(note -> assertThat(note)
                            .endsWith(
                                    ": 2 conversations end with the assistant: what it says last is the reference answer"
                                            + " and is not sent"));
        }

        @Test
        void fromAFileAndFromRows_isTheSame() throws IOException {
            JsonNode rows = new ObjectMapper()
                    .readTree(resource("prompts-36-hf-rows-sharegpt.json"))
                    .path("rows");
            StringBuilder lines = new StringBuilder();
            rows.forEach(row -> lines.append(row.path("row")).append('\n'));
            List<String> said = new ArrayList<>();
            try (RowsServer server = RowsServer.start(
                    rows.size(), i -> rows.get(i).toString().replace("conversations", "instruction"))) {
                Hub hub = new Hub(server.url(), folder.resolve("cache"), "", said::add);
                Prompts file = files.load("s.jsonl", lines.toString(), "?column=conversations");
                Prompts downloaded = Prompts.load(
                        "hf:tatsu-lab/alpaca?split=train&column=instruction",
                        new PromptSettings(DataSetsTests.class.getClassLoader(), hub, List.of(), List.of()));

                assertThat(PromptFiles.all(file))
                        .startsWith(
                                List.of(user("Name a planet.")),
                                List.of(
                                        user("What is the news?"),
                                        assistant("{\"name\":\"news\",\"arguments\":{}}"),
                                        user("{\"headlines\":[]}")),
                                List.of(user("Hello")));
                assertThat(downloaded.sha256()).isEqualTo(file.sha256());
                assertThat(said)
                        .anyMatch(line -> line.contains(" rows without a text were skipped, of " + rows.size()));
            }
        }

        @ParameterizedTest
        @CsvSource({
            "human, user",
            "user, user",
            "Human, user",
            "gpt, assistant",
            "chatgpt, assistant",
            "bing, assistant",
            "bard, assistant",
            "assistant, assistant",
            "system, system",
            "function_call, assistant",
            "observation, user",
            "tool, user",
        })
        void names_areRoles(String from, String role) {
            assertThat(only("{\"conversations\":[{\"from\":\"" + from
                            + "\",\"value\":\"a\"},{\"from\":\"human\",\"value\":\"b\"}]}"))
                    .containsExactly(new ChatMessage(role, "a"), user("b"));
        }

        @Test
        void withoutAnyoneButTheAssistant_isSkipped() {
            assertThat(files.error("p.jsonl", "{\"conversations\":[{\"from\":\"gpt\",\"value\":\"a\"}]}"))
                    .endsWith("\"conversations\" must have a turn of the user, but only the assistant speaks");
        }
    }

    @Nested
    class OpenAi {
        @Test
        void bareArrays_areConversations() throws IOException {
            Prompts prompts = files.load("p.jsonl", resource("prompts-39-bare-message-arrays.jsonl"));
            assertThat(PromptFiles.all(prompts))
                    .containsExactly(
                            List.of(user("Hello"), assistant("Hi."), user("A poem, please.")),
                            List.of(user("Capital of France?")));
            assertThat(files.load("p.jsonl", resource("prompts-39-bare-message-arrays.jsonl"), "?column=turns")
                            .sha256())
                    .isEqualTo(prompts.sha256());
            String array = "["
                    + resource("prompts-39-bare-message-arrays.jsonl").strip().replace("\n", ",\n") + "]";
            assertThat(files.load("p.json", array).sha256()).isEqualTo(prompts.sha256());
        }

        @Test
        void whatTheAssistantSaysLast_isNotSent_andSaidOnce() throws IOException {
            Prompts prompts = files.load("p.jsonl", resource("prompts-41-ends-with-assistant.jsonl"));
            assertThat(PromptFiles.texts(prompts)).startsWith("Name a planet.", "Two plus two?");
            assertThat(prompts.notes())
                    .singleElement()
                    .asString()
                    .contains("conversations end with the assistant: what it says last is the reference answer");
        }

        @Test
        void partsOfText_areOneText() {
            assertThat(only("{\"messages\":[{\"role\":\"user\",\"content\":[{\"type\":\"text\",\"text\":\"a\"},"
                            + "{\"type\":\"input_text\",\"text\":\"b\"},\"c\"]}]}"))
                    .containsExactly(user("a\nb\nc"));
        }

        @Test
        void aPartThatIsNoText_isNamed() {
            assertThat(
                            files.error(
                                    "p.jsonl",
                                    "{\"messages\":[{\"role\":\"user\",\"content\":[{\"type\":\"image_url\",\"image_url\":{}}]}]}"))
                    .endsWith(
                            "\"messages\"[0].\"content\"[0] must be a part of text, {\"type\": \"text\", \"text\": \"…\"},"
                                    + " but is of the type \"image_url\"");
        }

        @Test
        void toolTurns_arePassedOn() throws IOException {
            List<ChatMessage> messages = only("{\"messages\":[{\"role\":\"user\",\"content\":\"news?\"},"
                    + "{\"role\":\"assistant\",\"content\":null,\"tool_calls\":[{\"id\":\"c1\",\"type\":\"function\","
                    + "\"function\":{\"name\":\"news\",\"arguments\":\"{}\"}}]},"
                    + "{\"role\":\"tool\",\"tool_call_id\":\"c1\",\"content\":\"none\"}]}");

            assertThat(new ObjectMapper()
                            .readTree(new RequestBodies(Api.CHAT, "m", 5, Double.NaN, "").streaming(messages, true))
                            .path("messages"))
                    .isEqualTo(new ObjectMapper().readTree("""
                            [{"role": "user", "content": "news?"},
                             {"role": "assistant", "content": null, "tool_calls": [{"id": "c1", "type": "function",
                              "function": {"name": "news", "arguments": "{}"}}]},
                             {"role": "tool", "content": "none", "tool_call_id": "c1"}]
                            """));
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "{\"body\":{\"model\":\"x\",\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]}}",
                    "{\"custom_id\":\"1\",\"method\":\"POST\",\"url\":\"/v1/completions\",\"body\":{\"prompt\":\"hi\"}}",
                    "{\"custom_id\":\"1\",\"body\":{\"input\":\"hi\"}}",
                    "{\"prompt\":[{\"role\":\"user\",\"content\":\"hi\"}]}"
                })
        void linesOfBatchFiles_areWhatTheirBodySends(String line) {
            assertThat(only(line)).containsExactly(user("hi"));
        }

        @Test
        void aKeyWithinAnother_isNamedWithADot() {
            assertThat(only(
                            "{\"request\":{\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]}}",
                            "?column=request.messages"))
                    .containsExactly(user("hi"));
        }

        @Test
        void blankTurns_areLeftOut_andCounted() {
            Prompts prompts = files.load(
                    "p.jsonl",
                    "{\"messages\":[{\"role\":\"user\",\"content\":\"a\"},{\"role\":\"assistant\",\"content\":\"b\"},"
                            + "{\"role\":\"user\",\"content\":\" \"}]}\n");
            assertThat(PromptFiles.texts(prompts)).containsExactly("a");
            assertThat(prompts.notes()).anyMatch(note -> note.endsWith(": 1 turn without a text is left out"));
        }
    }

    @Nested
    class MtBench {
        @Test
        void ofSeveralQuestions_theFirstIsSent_andSaid() {
            Prompts prompts = files.load(
                    "q.jsonl", "{\"question_id\":81,\"turns\":[\"one\",\"two\"]}\n{\"turns\":[\"three\"]}\n");
            assertThat(PromptFiles.texts(prompts)).containsExactly("one", "three");
            assertThat(prompts.notes())
                    .singleElement()
                    .asString()
                    .endsWith(": 1 row has several questions without answers between them: only the first is sent");
        }
    }

    @Nested
    class OddRows {
        @ParameterizedTest
        @ValueSource(
                strings = {
                    "{\"messages\":[]}",
                    "{\"messages\":null}",
                    "{\"prompt\":null}",
                    "{\"prompt\":\"\"}",
                    "null",
                    "[]",
                    "7",
                    "{\"messages\":[{\"role\":\"narrator\",\"content\":\"x\"}]}",
                    "{\"messages\":[{\"role\":null,\"content\":\"x\"}]}",
                    "{\"messages\":[{\"role\":\"user\",\"content\":{}}]}",
                    "{\"other\":1}",
                    "{\"prompt\":\"a\",\"messages\":[]}",
                    "{\"prompt\":\"cut o",
                    "\"text\"",
                    "{\"prompt\":\"\\u0000",
                })
        void oneOfFiftyThousand_isSkippedAndCounted(String odd) {
            String content = (GOOD + "\n").repeat(25_000) + odd + "\r\n\r\n" + (GOOD + "\r\n").repeat(25_000);
            Prompts prompts = files.load("big.jsonl", content);

            assertThat(prompts.size()).isEqualTo(50_000);
            assertThat(prompts.notes()).singleElement().asString().contains(" skipped, of 50001: line 25001: ");
        }

        @Test
        void aBrokenLastLine_isOneToo() {
            Prompts prompts = files.load("big.jsonl", "\uFEFF" + (GOOD + "\n").repeat(30) + "{\"prompt\":\"cut");
            assertThat(prompts.size()).isEqualTo(30);
            assertThat(prompts.notes()).singleElement().asString().contains("1 row was skipped, of 31: line 31: ");
        }

        @Test
        void oneThatIsNoUtf8_isOneToo() throws IOException {
            Path file = folder.resolve("u.jsonl");
            byte[] bytes =
                    ((GOOD + "\n").repeat(30) + "{\"prompt\":\"?\"}\n" + GOOD + "\n").getBytes(StandardCharsets.UTF_8);
            bytes[(GOOD.length() + 1) * 30 + 11] = (byte) 0xE9;
            java.nio.file.Files.write(file, bytes);
            Prompts prompts = Prompts.load(file.toString(), DataSetsTests.class.getClassLoader());
            assertThat(prompts.size()).isEqualTo(31);
            assertThat(prompts.notes()).singleElement().asString().contains("line 31: byte 12 (0xE9) is not UTF-8");
        }

        @Test
        void fivePercent_areSkipped_moreAreAnError() {
            String odd = "{\"messages\":[{\"role\":\"narrator\",\"content\":\"x\"}]}\n";
            assertThat(files.load("p.jsonl", (GOOD + "\n").repeat(95) + odd.repeat(5))
                            .size())
                    .isEqualTo(95);
            assertThat(files.error("p.jsonl", (GOOD + "\n").repeat(94) + odd.repeat(5) + "null\n"))
                    .startsWith(
                            "prompts \"DIR/p.jsonl\": 6 of 100 rows cannot be sent, more than 5 %: line 95: \"messages\"[0]"
                                    + ".\"role\" must be ")
                    .contains("; line 96: ", "; line 97: ", "; …; ")
                    .endsWith("mend them, name another key or column with column=, or allow more with skip=6%");
            assertThat(files.load("p.jsonl", (GOOD + "\n").repeat(94) + odd.repeat(6), "?skip=6%")
                            .size())
                    .isEqualTo(94);
        }

        @Test
        void emptyOnesCountToo_whereThereAreTwentyRows() {
            assertThat(files.error("p.jsonl", (GOOD + "\n").repeat(18) + "{\"messages\":[]}\n".repeat(2)))
                    .contains("2 of 20 rows cannot be sent");
            assertThat(files.load("p.jsonl", (GOOD + "\n").repeat(17) + "{\"messages\":[]}\n".repeat(2))
                            .size())
                    .isEqualTo(17);
        }

        @ParameterizedTest
        @ValueSource(strings = {"101%", "x", "-1"})
        void skip_isAShare(String skip) {
            assertThat(files.error("p.jsonl", GOOD, "?skip=" + skip))
                    .endsWith("skip must be the share of the rows that may be skipped, from 0% to 100%, but is \""
                            + skip + "\"");
        }

        @Test
        void aQuoteThatTookOtherRowsIn_isAnError() {
            String csv = "prompt,id\n" + "\"a\",1\n".repeat(40) + "\"b,2\n" + "\"a\",1\n".repeat(40);
            assertThat(files.error("p.csv", csv)).contains("line 42: ");
        }

        @Test
        void aRecordWithAFieldTooMany_isSkipped() {
            Prompts prompts = files.load("p.csv", "prompt,id\n" + "a,1\n".repeat(40) + "b,2,3\n" + "a,1\n".repeat(40));
            assertThat(prompts.size()).isEqualTo(80);
            assertThat(prompts.notes())
                    .singleElement()
                    .asString()
                    .contains("1 row was skipped, of 81: line 42: expected 2 fields");
        }
    }
}
