package dev.llmload.prompt.hub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.llmload.prompt.Part;
import dev.llmload.prompt.Prompts;
import dev.llmload.prompt.RowsServer;
import dev.llmload.result.ChatMessage;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HubTests {
    private static final String ALPACA = "hf:tatsu-lab/alpaca?split=train&column=instruction";

    @TempDir
    Path cache;

    private final List<Duration> waits = new ArrayList<>();
    private final List<String> said = new ArrayList<>();

    private Part read(String spec, URI url, String token) {
        return HubCache.read(spec, new Hub(url, cache, token, said::add), waits::add);
    }

    private Part read(String spec, RowsServer server) {
        return read(spec, server.url(), "");
    }

    private String error(String spec, URI url, String token) {
        try {
            read(spec, url, token);
        } catch (IllegalArgumentException e) {
            return e.getMessage();
        }
        throw new AssertionError("accepted: " + spec);
    }

    private String error(String spec, RowsServer server) {
        return error(spec, server.url(), "");
    }

    private List<Path> cached() throws IOException {
        try (Stream<Path> files = Files.list(cache)) {
            return files.toList();
        }
    }

    private static String text(Part part, int i) {
        return part.store().get(i).messages().get(0).content();
    }

    @Nested
    class Rows {
        @Test
        void fiftyTwoThousand_comeInPages_andAreThoseOfTheFile() throws IOException {
            try (RowsServer server = RowsServer.alpaca(52_002)) {
                Part part = read(ALPACA, server);
                assertThat(part.store().size()).isEqualTo(52_002);
                assertThat(text(part, 52_001)).isEqualTo("Task 52001: do it well");
                // One question for the configuration, then a hundred rows each.
                assertThat(server.asked).hasSize(1 + 521);
                String json = IntStream.range(0, 52_002)
                        .mapToObj(i -> "{\"instruction\": \"Task " + i + ": do it well\", \"input\": \"\"}")
                        .collect(Collectors.joining(",\n", "[", "]"));
                Path file = Files.writeString(cache.resolve("alpaca.json"), json);
                Prompts fromFile =
                        Prompts.load(file + "?column=instruction", getClass().getClassLoader());
                assertThat(fromFile.sha256()).isEqualTo(part.measures().sha256());
                assertThat(fromFile.statistics()).isEqualTo(part.measures().statistics());
            }
        }

        @Test
        void limit_takesTheFirst_andAsksForNoMore() {
            try (RowsServer server = RowsServer.alpaca(1_000)) {
                assertThat(read("hf:tatsu-lab/alpaca?config=default&split=train&column=instruction&limit=250", server)
                                .store()
                                .size())
                        .isEqualTo(250);
                assertThat(server.asked)
                        .extracting(uri -> uri.replaceFirst(".*&offset=", ""))
                        .containsExactly("0&length=100", "100&length=100", "200&length=50");
                assertThat(server.asked.get(0))
                        .startsWith("/rows?dataset=tatsu-lab%2Falpaca&config=default&split=train&");
            }
        }

        @Test
        void configAndSplit_areTheUsualOnesOfTheDataSet() {
            try (RowsServer server = RowsServer.alpaca(3)) {
                assertThat(read("hf:tatsu-lab/alpaca?column=instruction", server)
                                .store()
                                .size())
                        .isEqualTo(3);
                assertThat(server.asked.get(0)).isEqualTo("/splits?dataset=tatsu-lab%2Falpaca");
                assertThat(server.asked.get(1)).contains("&config=default&split=train&");
            }
        }

        @Test
        void blankRows_areSkippedAndCounted() {
            try (RowsServer server = RowsServer.start(
                    4,
                    i -> RowsServer.row(
                            i, "{\"instruction\": " + (i == 1 ? "null" : i == 2 ? "\" \"" : "\"a\"") + "}"))) {
                assertThat(read(ALPACA, server).store().size()).isEqualTo(2);
                assertThat(said)
                        .last()
                        .isEqualTo(ALPACA + ": 2 rows without a text were skipped, of 4: row 1: the column"
                                + " \"instruction\" is null; row 2: \"prompt\" must not be blank");
            }
        }

        @Test
        void turnsWithFromAndValue_areMessages() {
            try (RowsServer server = RowsServer.start(
                    1,
                    i -> RowsServer.row(
                            i,
                            "{\"instruction\": [{\"from\": \"human\", \"value\": \"q\"},"
                                    + " {\"from\": \"gpt\", \"value\": \"a\"}, {\"role\": \"user\", \"content\": \"r\"}]}"))) {
                assertThat(read(ALPACA, server).store().get(0).messages())
                        .containsExactly(
                                new ChatMessage("user", "q"),
                                new ChatMessage("assistant", "a"),
                                new ChatMessage("user", "r"));
            }
        }
    }

    @Nested
    class Cache {
        @Test
        void isUsedFromThenOn_alsoOffline() {
            URI url;
            Part downloaded;
            try (RowsServer server = RowsServer.alpaca(150)) {
                url = server.url();
                downloaded = read(ALPACA, server);
                int asked = server.asked.size();
                read(ALPACA, server);
                assertThat(server.asked).hasSize(asked);
            }
            Part part = read(ALPACA, url, "");
            assertThat(part.measures().sha256()).isEqualTo(downloaded.measures().sha256());
            assertThat(part.notes()).singleElement().asString().contains("; delete it to download it again");
        }

        @Test
        void holdsNothingOfADownloadThatFailed() throws IOException {
            try (RowsServer server = RowsServer.start(
                    250, i -> RowsServer.row(i, "{\"instruction\": " + (i >= 237 ? "7" : "\"a\"") + "}"))) {
                assertThat(error(ALPACA, server))
                        .isEqualTo("prompts \"" + ALPACA + "\": 13 of 250 rows cannot be sent, more than 5 %:"
                                + " row 237: \"prompt\" must be a string, but is a number;"
                                + " row 238: \"prompt\" must be a string, but is a number;"
                                + " row 239: \"prompt\" must be a string, but is a number; …;"
                                + " mend them, name another key or column with column=, or allow more with skip=6%");
            }
            assertThat(cached()).isEmpty();
        }
    }

    @Nested
    class Patience {
        @Test
        void busyServer_isAskedAgainWhenItSays_orAfterLongerAndLonger() {
            try (RowsServer server = RowsServer.alpaca(1)
                    .answering(429, "7", "")
                    .answering(503, "", "")
                    .answering(500, "", "{\"error\": \"Busy.\"}")) {
                assertThat(read(ALPACA, server).store().size()).isEqualTo(1);
                assertThat(waits).containsExactly(Duration.ofSeconds(7), Duration.ofSeconds(2), Duration.ofSeconds(4));
                assertThat(said.get(0)).isEqualTo(ALPACA + ": status 429, asked again in 7 s");
            }
        }

        @Test
        void serverThatStaysBroken_isGivenUpAfterSixTimes() {
            try (RowsServer server = RowsServer.alpaca(1)) {
                for (int i = 0; i < 6; i++) {
                    server.answering(500, "", "{\"error\": \"Unexpected error.\"}");
                }
                assertThat(error(ALPACA, server))
                        .isEqualTo("prompts \"" + ALPACA + "\": " + server.url()
                                + " answered with status 500; it says: Unexpected error.");
                assertThat(server.asked).hasSize(6);
            }
        }

        @Test
        void longWait_isAnError() {
            try (RowsServer server = RowsServer.alpaca(1).answering(429, "3600", "")) {
                assertThat(error(ALPACA, server))
                        .endsWith(" wants to be left alone for 3600 s (status 429): try later, or set HF_TOKEN for a"
                                + " higher limit");
            }
        }
    }

    @Nested
    class Mistakes {
        @Test
        void gatedDataSet_saysWhatToDo() {
            try (RowsServer server = RowsServer.alpaca(1).answering(401, "", "{\"error\": \"Gated.\"}")) {
                assertThat(error(ALPACA, server))
                        .isEqualTo("prompts \"" + ALPACA + "\": the data set \"tatsu-lab/alpaca\" is gated, private or"
                                + " unknown (status 401): accept its terms on its page and set HF_TOKEN in the"
                                + " environment; it says: Gated.");
            }
        }

        @Test
        void token_isSentAndNeverShown() {
            try (RowsServer server =
                    RowsServer.alpaca(1).answering(403, "", "{\"error\": \"no access for hf_secret\"}")) {
                assertThat(error(ALPACA, server.url(), "hf_secret"))
                        .contains("the token in HF_TOKEN has no access")
                        .doesNotContain("hf_secret");
                assertThat(server.authorizations).containsExactly("Bearer hf_secret");
                assertThat(new Hub(server.url(), cache, "hf_secret", said::add).toString())
                        .doesNotContain("hf_secret");
            }
        }

        @Test
        void missingColumn_listsThoseThereAre() {
            try (RowsServer server = RowsServer.alpaca(1)) {
                assertThat(error("hf:tatsu-lab/alpaca?column=question", server))
                        .endsWith(": there is no column \"question\"; the columns are instruction, input, output");
                assertThat(error("hf:tatsu-lab/alpaca", server))
                        .endsWith(": name the column that holds the prompts with column=; the columns are instruction,"
                                + " input, output");
            }
        }

        @Test
        void unknownDataSetOrSplit_isSaid() {
            try (RowsServer server = RowsServer.alpaca(1)) {
                assertThat(error("hf:nobody/nothing", server))
                        .contains("there is no data set \"nobody/nothing\"")
                        .endsWith("(status 404); it says: The dataset does not exist.");
                assertThat(error("hf:tatsu-lab/alpaca?split=test", server))
                        .endsWith(": there is no split \"test\"; the splits are train");
            }
        }

        @Test
        void offlineWithoutCache_saysSo() {
            RowsServer server = RowsServer.alpaca(1);
            URI url = server.url();
            server.close();
            assertThat(error(ALPACA, url, ""))
                    .startsWith("prompts \"" + ALPACA + "\": " + url + " cannot be reached (")
                    .endsWith("and nothing is in the cache " + cache
                            + "; go online once, copy the cache of another machine, or name a file instead");
            assertThat(waits).containsExactly(Duration.ofSeconds(1));
        }

        @Test
        void cellThatTheServerCut_isAnErrorWithItsRow() {
            try (RowsServer server = RowsServer.start(
                    2,
                    i -> "{\"row_idx\": " + i + ", \"row\": {\"instruction\": \"a\"}, \"truncated_cells\": ["
                            + (i == 1 ? "\"instruction\"" : "") + "]}")) {
                assertThat(error(ALPACA, server))
                        .endsWith(
                                ", row 1: the server cut the column \"instruction\" off: take fewer rows with limit=1");
            }
        }

        @Test
        void whatIsNoDatasetsServer_isSaid() {
            try (RowsServer server = RowsServer.alpaca(1)
                    .answering(200, "", "<html>Log in</html>")
                    .answering(302, "", "")) {
                assertThat(error(ALPACA, server))
                        .endsWith("expected a JSON object, but it answered \"<html>Log in</html>\"");
                assertThat(error(ALPACA, server)).contains("sends elsewhere (status 302, to nowhere)");
            }
        }

        @ParameterizedTest
        @CsvSource({"hf:", "hf:a/b/c", "hf:a b", "hf:tatsu-lab/alpaca?rows=5", "hf:tatsu-lab/alpaca?limit=0"})
        void nameThatIsNone_isRefusedUnasked(String spec) {
            try (RowsServer server = RowsServer.alpaca(1)) {
                assertThat(error(spec, server)).startsWith("prompts \"" + spec + "\": ");
                assertThat(server.asked).isEmpty();
            }
        }

        @Test
        void urlThatIsNone_isRefused() {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> new Hub(URI.create("mirror"), cache, "", said::add))
                    .withMessageEndingWith("but is \"mirror\"");
        }
    }
}
