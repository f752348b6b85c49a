package dev.llmload.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Percentage.withPercentage;

import dev.llmload.result.Level;
import dev.llmload.result.Outcome;
import dev.llmload.result.request.Phase;
import dev.llmload.result.request.RequestRecord;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class ProgressMeterTests {
    private static final long SECOND = 1_000_000_000L;

    private static RequestRecord answered(long sentMillis, long firstMillis) {
        return record(Outcome.OK, sentMillis, firstMillis * 1_000_000);
    }

    private static RequestRecord failed() {
        return record(Outcome.RESET, 0, RequestRecord.ABSENT);
    }

    /** Due at 0. */
    private static RequestRecord record(Outcome outcome, long sentMillis, long token) {
        long sent = sentMillis * 1_000_000;
        return new RequestRecord(
                0,
                Phase.WINDOW,
                outcome,
                new RequestRecord.Times(0, sent, sent, token, token, token, SECOND, 0),
                new RequestRecord.Tokens(1, 0, 6, 6, 1, false, 6, 6, 6),
                200,
                "",
                "",
                RequestRecord.UNKNOWN,
                RequestRecord.UNKNOWN,
                new RequestRecord.Flags(true, false, false));
    }

    private static Progress read(ProgressMeter meter, long now) {
        return meter.read("2 users", 100, now, Duration.ofMinutes(1));
    }

    @Test
    void withinTheFirstSecondOfAPhase_thereIsNoRate() {
        ProgressMeter meter = new ProgressMeter(Level.users(1));
        meter.phase("window", 0);
        for (int i = 0; i < 10; i++) {
            meter.ended(answered(0, 20));
        }

        assertThat(read(meter, 1_000).requestsPerSecond()).isNaN();
        assertThat(read(meter, 1_000).tokensPerSecond()).isNaN();
        assertThat(read(meter, 1_000).remaining()).isNegative();
        assertThat(read(meter, 2 * SECOND).requestsPerSecond()).isEqualTo(5);
        assertThat(read(meter, 2 * SECOND).remaining()).isEqualTo(Duration.ofSeconds(18));
    }

    @Test
    void beforeTheWindow_nobodyKnowsHowLongTheLevelTakes() {
        ProgressMeter meter = new ProgressMeter(Level.users(1));
        meter.phase("ramp-in", 0);

        assertThat(meter.read("2 users", 0, SECOND, Duration.ofMinutes(3)).remaining())
                .isNegative();
    }

    @Test
    void ttft_countsAsInTheResult() {
        assertThat(p95(new ProgressMeter(Level.users(1)))).isCloseTo(20, withPercentage(0.2));
        assertThat(p95(new ProgressMeter(Level.requestsPerSecond(1)))).isCloseTo(120, withPercentage(0.2));
    }

    private static double p95(ProgressMeter meter) {
        meter.phase("window", 0);
        meter.ended(answered(100, 120));
        return read(meter, SECOND).ttftP95Millis();
    }

    @Test
    void aFailedRequest_ranksAboveEveryValue() {
        ProgressMeter meter = new ProgressMeter(Level.users(1));
        meter.phase("window", 0);
        assertThat(read(meter, 0).ttftP95Millis()).isNaN();
        for (int i = 1; i <= 19; i++) {
            meter.ended(answered(0, i));
        }
        meter.ended(failed());
        assertThat(read(meter, 0).ttftP95Millis()).isCloseTo(19, withPercentage(0.2));
        meter.ended(failed());
        assertThat(read(meter, 0).ttftP95Millis()).isInfinite();
    }
}
