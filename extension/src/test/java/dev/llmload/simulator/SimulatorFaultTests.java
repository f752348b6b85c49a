package dev.llmload.simulator;

import static dev.llmload.simulator.SimulatorClient.await;
import static dev.llmload.simulator.SimulatorClient.chat;
import static dev.llmload.simulator.SimulatorClient.chatBody;
import static dev.llmload.simulator.SimulatorClient.contents;
import static dev.llmload.simulator.SimulatorClient.json;
import static dev.llmload.simulator.SimulatorClient.payloads;
import static dev.llmload.simulator.SimulatorClient.readUntil;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.SocketException;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SimulatorFaultTests {
    private static final String STREAM = "\"stream\":true,\"stream_options\":{\"include_usage\":true}";

    private static Simulator start(String query) {
        return Simulator.start(SimulatorSettings.parse(
                "simulator:fast?ttft=0&" + (query.contains("tokens=") ? "" : "tokens=6&") + query));
    }

    @ParameterizedTest
    @CsvSource({
        "errorRate=1, 500, ERROR",
        "errorRate=1&errorStatus=503, 503, ERROR",
        "rateLimitRate=100%, 429, RATE_LIMIT"
    })
    void refusals_areJsonErrorsWithTheirStatus(String query, int status, Fault fault) {
        try (Simulator simulator = start(query)) {
            HttpResponse<String> response = chat(simulator, STREAM);
            assertThat(response.statusCode()).isEqualTo(status);
            assertThat(json(response.body()).at("/error/code").asInt()).isEqualTo(status);
            assertThat(simulator.stats().faults()).isEqualTo(Map.of(fault, 1L));
            assertThat(simulator.stats().completed()).isZero();
        }
    }

    @Test
    void preflight_drawsNoFault() {
        try (Simulator simulator = start("errorRate=1")) {
            assertThat(chat(simulator, "\"max_tokens\":1").statusCode()).isEqualTo(200);
            assertThat(chat(simulator, "\"max_tokens\":2").statusCode()).isEqualTo(500);
        }
    }

    @Test
    void stall_stopsAfterItsTokens_andHoldsConnectionAndSlotUntilTheClientLeaves() throws IOException {
        try (Simulator simulator = start("stallRate=1&faultAfter=2")) {
            try (Socket socket = SimulatorClient.open(simulator, chatBody(STREAM))) {
                readUntil(socket, "\"content\":\" ");
                await(() -> simulator.stats().faults().equals(Map.of(Fault.STALL, 1L)));
                assertThat(simulator.stats().running()).isEqualTo(1);
            }
            await(() -> simulator.stats().running() == 0);
            assertThat(simulator.stats().completed()).isZero();
        }
    }

    @Test
    void stallFirst_sendsHeadAndRoleAndNeverAToken() throws IOException {
        try (Simulator simulator = start("stallFirstRate=1")) {
            try (Socket socket = SimulatorClient.open(simulator, chatBody(STREAM))) {
                readUntil(socket, "\"role\":\"assistant\"");
                assertThat(simulator.stats().faults()).isEqualTo(Map.of(Fault.STALL_FIRST, 1L));
                assertThat(simulator.stats().running()).isEqualTo(1);
            }
            await(() -> simulator.stats().running() == 0);
            assertThat(simulator.stats().ttftNanos()).isEmpty();
        }
    }

    @Test
    void reset_isATcpResetAfterItsTokens() throws IOException {
        try (Simulator simulator = start("resetRate=1&faultAfter=2&tpot=20ms");
                Socket socket = SimulatorClient.open(simulator, chatBody(STREAM))) {
            readUntil(socket, "\"content\":\" ");
            assertThatThrownBy(() -> socket.getInputStream().readAllBytes())
                    .isInstanceOf(SocketException.class)
                    .hasMessageContaining("reset");
            await(() -> simulator.stats().running() == 0);
            assertThat(simulator.stats().faults()).isEqualTo(Map.of(Fault.RESET, 1L));
        }
    }

    @Test
    void truncate_endsCleanlyWithoutFinishOrDone() {
        try (Simulator simulator = start("truncateRate=1&faultAfter=2")) {
            List<String> payloads = payloads(chat(simulator, STREAM));
            assertThat(payloads).hasSize(3);
            assertThat(contents(payloads)).hasSize(2);
        }
    }

    @Test
    void faultAfter_moreThanTheAnswerHas_breaksOneTokenBeforeItsEnd() {
        try (Simulator simulator = start("truncateRate=1&faultAfter=50")) {
            assertThat(contents(payloads(chat(simulator, STREAM)))).hasSize(5);
        }
    }

    @Test
    void streamError_isAnErrorObjectInsideThe200Stream() {
        try (Simulator simulator = start("streamErrorRate=1&faultAfter=2")) {
            HttpResponse<String> response = chat(simulator, STREAM);
            assertThat(response.statusCode()).isEqualTo(200);
            List<String> payloads = payloads(response);
            assertThat(contents(payloads)).hasSize(2);
            assertThat(json(payloads.get(3)).at("/error/code").asInt()).isEqualTo(500);
            assertThat(payloads.get(4)).isEqualTo("[DONE]");
        }
    }

    @Test
    void empty_finishesProperlyWithoutAToken() {
        try (Simulator simulator = start("emptyRate=1")) {
            List<String> payloads = payloads(chat(simulator, STREAM));
            assertThat(contents(payloads)).isEmpty();
            assertThat(json(payloads.get(1)).at("/choices/0/finish_reason").asText())
                    .isEqualTo("stop");
            assertThat(json(payloads.get(2)).at("/usage/completion_tokens").asInt(-1))
                    .isZero();
            assertThat(simulator.stats().completed()).isZero();
        }
    }

    @Test
    void late_delaysTheFirstTokenAndIsOtherwiseProper() {
        try (Simulator simulator = start("lateRate=1&late=150ms")) {
            assertThat(contents(payloads(chat(simulator, STREAM)))).hasSize(6);
            assertThat(simulator.stats().ttftNanos()[0]).isGreaterThanOrEqualTo(TimeUnit.MILLISECONDS.toNanos(149));
            assertThat(simulator.stats().completed()).isEqualTo(1);
        }
    }

    @ParameterizedTest
    @CsvSource({"resetRate=1", "truncateRate=1"})
    void wholeAnswer_thatBreaks_neverComes(String query) {
        try (Simulator simulator = start(query)) {
            assertThatThrownBy(() -> chat(simulator, "\"stream\":false")).isInstanceOf(UncheckedIOException.class);
        }
    }

    @ParameterizedTest
    @CsvSource({"streamErrorRate=1, 500", "emptyRate=1, 200"})
    void wholeAnswer_withAnErrorOrNothingInIt(String query, int status) {
        try (Simulator simulator = start(query)) {
            HttpResponse<String> response = chat(simulator, "\"stream\":false");
            assertThat(response.statusCode()).isEqualTo(status);
            assertThat(json(response.body()).at("/choices/0/message/content").asText(""))
                    .isEmpty();
        }
    }

    @Test
    void buffered_writesTheWholeStreamAtItsEnd() {
        try (Simulator simulator = start("buffered=true&tpot=20ms")) {
            List<String> payloads = payloads(chat(simulator, STREAM));
            assertThat(payloads).hasSize(1 + 6 + 1 + 1 + 1);
            assertThat(simulator.stats().ttftNanos()[0])
                    .isGreaterThanOrEqualTo(TimeUnit.MILLISECONDS.toNanos(5 * 20 - 1));
        }
    }

    @Test
    void noUsage_leavesItOutEvenWhenAskedFor() {
        try (Simulator simulator = start("noUsage=true")) {
            assertThat(chat(simulator, STREAM).body()).doesNotContain("usage").contains("[DONE]");
            assertThat(chat(simulator, "").body()).doesNotContain("usage");
        }
    }

    @Test
    void cacheDetails_canBeLeftOut() {
        try (Simulator simulator = start("cacheDetails=false")) {
            assertThat(chat(simulator, STREAM).body()).contains("usage").doesNotContain("cached_tokens");
        }
    }

    @Test
    void rejectStreamOptions_is400ThatNamesThem_andWithoutThemAllIsWell() {
        try (Simulator simulator = start("rejectStreamOptions=true")) {
            HttpResponse<String> refused = chat(simulator, STREAM);
            assertThat(refused.statusCode()).isEqualTo(400);
            assertThat(refused.body()).contains("stream_options");
            assertThat(contents(payloads(chat(simulator, "\"stream\":true")))).hasSize(6);
        }
    }

    @Test
    void draws_dependOnTheSeedAndTheOrderOfArrivalAlone() {
        String query = "tokens=1..5&errorRate=0.2&truncateRate=0.2&streamErrorRate=20%&faultAfter=1&seed=";
        List<String> first = outcomes(query + 7, 0);
        assertThat(outcomes(query + 7, 2)).isEqualTo(first);
        assertThat(outcomes(query + 8, 0)).isNotEqualTo(first);
        assertThat(first).anyMatch(o -> o.startsWith("500")).anyMatch(o -> o.endsWith("[DONE]"));
    }

    private static List<String> outcomes(String query, int preflights) {
        try (Simulator simulator = start(query)) {
            for (int i = 0; i < preflights; i++) {
                chat(simulator, "\"max_tokens\":1");
            }
            List<String> outcomes = new ArrayList<>();
            for (int i = 0; i < 30; i++) {
                HttpResponse<String> response = chat(simulator, "\"stream\":true");
                List<String> payloads = response.statusCode() == 200 ? payloads(response) : List.of("");
                outcomes.add(response.statusCode() + " " + contents(payloads) + " "
                        + payloads.get(payloads.size() - 1).replaceAll("sim-\\d+|\"created\":\\d+", ""));
            }
            return outcomes;
        }
    }
}
