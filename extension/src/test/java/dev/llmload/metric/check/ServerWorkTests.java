package dev.llmload.metric.check;

import static dev.llmload.metric.Levels.level;
import static dev.llmload.metric.Levels.many;
import static dev.llmload.metric.Requests.failed;
import static dev.llmload.metric.Requests.refused;
import static org.assertj.core.api.Assertions.assertThat;

import dev.llmload.metric.Levels;
import dev.llmload.metric.Requests;
import dev.llmload.result.Bias;
import dev.llmload.result.Metric;
import dev.llmload.result.Outcome;
import dev.llmload.result.ValidityCheck;
import dev.llmload.result.ValidityCheck.Status;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The server's own counters beside what the level sent: each request has 6 output tokens. */
class ServerWorkTests {
    private static final String NAME = "the server did only our work";

    private static ServerWork work(double requests, double tokens) {
        return new ServerWork("vLLM", OptionalDouble.of(requests), OptionalDouble.of(tokens), "", "", "");
    }

    private static ValidityCheck check(int sent, ServerWork work) {
        return level(many(sent, request -> request)).serverWork(work).check(NAME);
    }

    @Test
    void asMuchAsWasSent_isOk() {
        ValidityCheck check = check(50, work(50, 300));
        assertThat(check.status()).isEqualTo(Status.OK);
        assertThat(check.detail())
                .isEqualTo("vLLM counts 50 requests where 50 were sent, 300 output tokens where 300 were received");
    }

    @ParameterizedTest
    @CsvSource({
        "50, 52, OK",
        "50, 53, BROKEN",
        "200, 202, OK",
        "200, 203, BROKEN",
        "400, 404, OK",
        "400, 405, BROKEN",
        "50, 48, OK",
        "50, 47, WARNING",
        "400, 396, OK",
        "400, 395, WARNING",
    })
    void upToTwoRequests_orOnePercent_areNothing(int sent, int counted, Status status) {
        assertThat(check(sent, work(counted, sent * 6)).status()).isEqualTo(status);
    }

    @Test
    void more_movesThroughputAndMfuDown_andEnergyUp_andNoLatency() {
        ValidityCheck check = check(50, work(63, 400));

        assertThat(check.detail())
                .isEqualTo("vLLM counts 63 requests where 50 were sent, 400 output tokens where 300 were received;"
                        + " somebody else used the server: run again when nobody does");
        assertThat(check.bias())
                .containsEntry(Metric.THROUGHPUT, Bias.DOWN)
                .containsEntry(Metric.MFU, Bias.DOWN)
                .containsEntry(Metric.ENERGY, Bias.UP)
                .containsEntry(Metric.JOULES_PER_TOKEN, Bias.UP)
                .containsEntry(Metric.COST_PER_MILLION, Bias.UP)
                .doesNotContainKeys(Metric.TTFT, Metric.E2E, Metric.SUCCESS_RATE);
    }

    @Test
    void less_isTheWorkOfOtherReplicas() {
        ValidityCheck check = check(50, work(25, 150));
        assertThat(check.status()).isEqualTo(Status.WARNING);
        assertThat(check.detail()).endsWith("; the rest went to other replicas");
        assertThat(check.bias()).isEmpty();
    }

    // llama.cpp: 300 of our own, one more for each of 50 answers' ends, 12 for two requests.
    @ParameterizedTest
    @CsvSource({"362, OK", "363, BROKEN", "288, OK", "237, WARNING"})
    void whereOnlyTokensAreCounted_theyDecide(int tokens, Status status) {
        ServerWork work = new ServerWork("llama.cpp", OptionalDouble.empty(), OptionalDouble.of(tokens), "", "", "");
        assertThat(check(50, work).status()).isEqualTo(status);
    }

    @Test
    void aFailedRequestMayHaveCostTheServerAWholeAnswer_anUnsentOneNothing() {
        List<Requests> requests = new ArrayList<>(many(10, request -> request));
        requests.add(failed(500, Outcome.TIMEOUT_STALLED, 200));
        requests.add(refused(600));
        // Of 10 answers 60 tokens, 12 for two requests, 11 ends, 6 for the failed one.
        Levels level = level(requests);

        assertThat(level.serverWork(work(11, 89)).check(NAME).status()).isEqualTo(Status.OK);
        assertThat(level.serverWork(work(11, 90)).check(NAME).status()).isEqualTo(Status.BROKEN);
        assertThat(level.serverWork(work(10, 60)).check(NAME).detail()).contains("10 requests where 11 were sent");
    }

    @Test
    void whatWasWrittenTwice_mayHaveBeenServedTwice() {
        assertThat(level(many(50, request -> request))
                        .stale(3)
                        .serverWork(work(55, 300))
                        .check(NAME)
                        .status())
                .isEqualTo(Status.OK);
    }

    @Test
    void aServerThatWasStartedAnew_isAWarning() {
        ValidityCheck check = check(50, ServerWork.restarted("it was started anew"));
        assertThat(check.status()).isEqualTo(Status.WARNING);
        assertThat(check.detail()).isEqualTo("it was started anew");
    }

    @Test
    void aServerThatWasNotIdle_isSaidToBe() {
        ServerWork work = new ServerWork(
                "vLLM", OptionalDouble.of(50), OptionalDouble.empty(), "it was not idle after the level", "", "");
        assertThat(check(50, work).detail())
                .isEqualTo("vLLM counts 50 requests where 50 were sent; it was not idle after the level");
    }

    @Test
    void aServerThatDoesNotCount_isNotMeasured() {
        assertThat(check(50, ServerWork.unknown("it publishes none")))
                .extracting(ValidityCheck::status, ValidityCheck::detail)
                .containsExactly(Status.NOT_MEASURED, "it publishes none");
    }
}
