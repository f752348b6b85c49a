package dev.llmload.budget;

import static dev.llmload.budget.Measured.latency;
import static dev.llmload.budget.Measured.requests;
import static dev.llmload.budget.Measured.upTo;
import static dev.llmload.result.Metric.OUTPUT_SPEED;
import static dev.llmload.result.Metric.THROUGHPUT;
import static dev.llmload.result.Metric.TTFT;
import static org.assertj.core.api.Assertions.assertThat;

import dev.llmload.result.Metric;
import dev.llmload.result.Verdict;
import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The client's own part takes back a verdict only where the limit lies between the two ends of the value. */
class ClientErrorTests {
    /** 401 to 500 ms, of which the client may have added 4 ms each. */
    private static Measured four() {
        return latency(TTFT, upTo(401, 500)).best(TTFT, upTo(397, 496));
    }

    @ParameterizedTest
    @CsvSource({
        "ttft p95 < 496 ms, PASS",
        "ttft p95 <= 495 ms, PASS",
        "ttft p95 < 495 ms, INCONCLUSIVE",
        "ttft p95 <= 491 ms, INCONCLUSIVE",
        "ttft p95 < 491 ms, FAIL",
        "ttft p95 > 490 ms, PASS",
        "ttft p95 > 491 ms, INCONCLUSIVE",
        "ttft p95 > 495 ms, FAIL",
        "ttft mean < 450.5 ms, INCONCLUSIVE",
        "ttft mean <= 450.5 ms, PASS",
        "ttft mean < 446 ms, FAIL",
    })
    void verdictByInterval(String budget, Verdict verdict) {
        assertThat(four().judge(budget).verdict()).isEqualTo(verdict);
    }

    @Test
    void theMessageSaysHowMuchOfTheValueItMayBe() {
        assertThat(four().judge("ttft p95 < 495 ms").reason())
                .startsWith("495 ms, of which up to 4.00 ms may be the client's own");
    }

    @Test
    void ofASpeed_theOtherEndIsAbove() {
        Measured level = latency(OUTPUT_SPEED, upTo(1, 100))
                .best(
                        OUTPUT_SPEED,
                        DoubleStream.of(upTo(1, 100)).map(v -> v + 1).toArray());
        assertThat(level.judge("output_speed p5 >= 5 tok/s").verdict()).isEqualTo(Verdict.PASS);
        BudgetOutcome outcome = level.judge("output_speed p5 >= 6 tok/s");
        assertThat(outcome.verdict()).isEqualTo(Verdict.INCONCLUSIVE);
        assertThat(outcome.reason())
                .startsWith("5.00 tok/s, to which up to 1.00 tok/s may be missing through the client's own doing");
        assertThat(level.judge("output_speed p5 > 6 tok/s").verdict()).isEqualTo(Verdict.FAIL);
    }

    @Test
    void aRankOnAFailedRequest_isNoMatterOfTheClient() {
        assertThat(requests(60, 40, 0)
                        .with(TTFT, upTo(1, 60))
                        .best(TTFT, new double[60])
                        .judge("ttft p95 < 1 s")
                        .verdict())
                .isEqualTo(Verdict.FAIL);
    }

    @ParameterizedTest
    @CsvSource({
        "throughput >= 50 tok/s, PASS",
        "throughput >= 51 tok/s, INCONCLUSIVE",
        "throughput >= 62.5 tok/s, INCONCLUSIVE",
        "throughput >= 62.6 tok/s, FAIL",
        "joules_per_token <= 10 J, PASS",
        "joules_per_token <= 9 J, INCONCLUSIVE",
        "joules_per_token <= 7.9 J, FAIL",
        "success_rate >= 99%, PASS",
    })
    void ratesAreTooLowByTheClientsShareOfUsersTimeAtMost(String budget, Verdict verdict) {
        Measured level = requests(1000, 0, 0)
                .value(THROUGHPUT, 50)
                .value(Metric.JOULES_PER_TOKEN, 10)
                .clientShare(0.2);
        assertThat(level.judge(budget).verdict()).isEqualTo(verdict);
    }
}
