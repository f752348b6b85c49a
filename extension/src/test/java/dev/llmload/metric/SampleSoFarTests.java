package dev.llmload.metric;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmload.result.Level;
import dev.llmload.result.LoadResult;
import dev.llmload.result.Metric;
import dev.llmload.result.Outcome;
import dev.llmload.result.request.RequestRecord;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What the requests of a level came to while it goes on is what they come to at its end. */
class SampleSoFarTests {
    private static final List<RequestRecord> REQUESTS = List.of(
            Requests.sent(0).first(30).build(0),
            Requests.sent(100).first(140).build(1),
            Requests.failed(200, Outcome.HTTP_5XX, 503).build(2));

    @Test
    void latenciesAndSuccess_areThoseOfAllThatEnded_inAnyOrder() {
        LoadResult soFar = SampleSoFar.of(
                Level.users(1), List.of(REQUESTS.get(2), REQUESTS.get(0), REQUESTS.get(1)), Set.of(Metric.TTFT));

        assertThat(soFar.requests().attempted()).isEqualTo(3);
        assertThat(soFar.successRate().value()).isEqualTo(2 / 3.0);
        assertThat(soFar.distribution(Metric.TTFT).count()).isEqualTo(2);
        assertThat(soFar.distribution(Metric.TTFT).max()).isEqualTo(40e6);
        assertThat(soFar.distribution(Metric.TTFT).failed()).isEqualTo(1);
    }

    @Test
    void onlyWhatIsWantedIsMade_andE2eWhichTellsWhenTheFailuresCame() {
        LoadResult soFar = SampleSoFar.of(Level.users(1), REQUESTS, Set.of(Metric.TPOT, Metric.ITL, Metric.MFU));

        assertThat(soFar.distribution(Metric.TPOT).isPresent()).isTrue();
        assertThat(soFar.distribution(Metric.E2E).isPresent()).isTrue();
        assertThat(soFar.distribution(Metric.TTFT).isPresent()).isFalse();
        assertThat(soFar.distribution(Metric.ITL).isPresent()).isFalse();
    }

    @Test
    void inAnOpenLoop_latenciesCountFromTheSchedule() {
        List<RequestRecord> late =
                List.of(Requests.sent(50).scheduled(0).first(70).build(0));

        assertThat(SampleSoFar.of(Level.requestsPerSecond(10), late, Set.of(Metric.TTFT))
                        .distribution(Metric.TTFT)
                        .max())
                .isEqualTo(70e6);
    }
}
