package dev.llmload.junit.declared;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.llmload.junit.declared.LoadTestSpec.PlannedLevel;
import dev.llmload.load.plan.ArrivalProcess;
import dev.llmload.load.plan.OfferedLoad;
import dev.llmload.load.plan.ThinkTime;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Stages as they are written. */
class StageTextTests {
    private static final LoadKinds KINDS = new LoadKinds(ThinkTime.NONE, ArrivalProcess.POISSON, 0);

    private static PlannedLevel stage(OfferedLoad load, Duration length) {
        return new PlannedLevel(load.level(), load, Optional.of(length));
    }

    @Test
    void usersAndRates_withTheirLengths() {
        assertThat(Stages.parse(List.of("10 users 30s", "1 user for 1.5 m"), KINDS))
                .containsExactly(
                        stage(KINDS.users(10), Duration.ofSeconds(30)), stage(KINDS.users(1), Duration.ofSeconds(90)));
        assertThat(Stages.parse(List.of("0.5 REQ/S 500ms; 20req/s 2s, 5 req/s 1s"), KINDS))
                .containsExactly(
                        stage(KINDS.rate(0.5), Duration.ofMillis(500)),
                        stage(KINDS.rate(20), Duration.ofSeconds(2)),
                        stage(KINDS.rate(5), Duration.ofSeconds(1)));
    }

    @Test
    void aLoadThatComesAgain_hasItsNumber() {
        assertThat(Stages.parse(List.of("2 users 1s", "9 users 1s", "2 users 3s", "2 users 1s"), KINDS))
                .extracting(stage -> stage.level().name() + " " + stage.length().orElseThrow())
                .containsExactly("2 users PT1S", "9 users PT1S", "2 users (2) PT3S", "2 users (3) PT1S");
    }

    @Test
    void ramps_withEitherArrow() {
        assertThat(Stages.parse(List.of("10 → 100 users 120s", "100->1 user for 5 s"), KINDS))
                .containsExactly(
                        stage(KINDS.users(10, 100, Duration.ofSeconds(120)), Duration.ofSeconds(120)),
                        stage(KINDS.users(100, 1, Duration.ofSeconds(5)), Duration.ofSeconds(5)));
        assertThat(Stages.parse(List.of("0.5 -> 20 req/s 2m; 20 req/s 1m, 20 →0.5 req/s 1m"), KINDS))
                .extracting(stage -> stage.level().name())
                .containsExactly("0.5 → 20 req/s", "20 req/s", "20 → 0.5 req/s");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    10 users            | a stage must be a load and its length, such as `10 users 30s`, `20 req/s 1m` or `10 -> 100 users 2m`, but was `10 users`
                    10 people 30s       | a stage must be a load and its length
                    30s 10 users        | a stage must be a load and its length
                    10 users 30         | a duration must be a number and a unit
                    10 users 0s         | a stage must be longer than 0, but was `10 users 0s`
                    0 users 3s          | users of a stage must be a whole number of at least 1, but was `0 users 3s`
                    1.5 users 3s        | users of a stage must be a whole number of at least 1, but was `1.5 users 3s`
                    99999999999 users 1s| users of a stage must be a whole number of at least 1
                    0 req/s 3s          | requests per second of a stage must be above 0, but was `0 req/s 3s`
                    1 user 1s, 2 req/s 1s | must be all of users or all of requests per second
                    10 → 10 users 3s    | a ramp must go from one load to another, but was `10 → 10 users 3s`; a load that stays the same is named once
                        0 -> 10 users 3s    | users of a stage must be a whole number of at least 1, but was `0 -> 10 users 3s`
                        1 -> 0 req/s 3s     | requests per second of a stage must be above 0, but was `1 -> 0 req/s 3s`
                        1 -> users 3s       | a stage must be a load and its length
                        1 user 1s,,2 users 1s | a stage must be a load and its length
                    """)
    void whatIsNone_saysTheRule(String text, String rule) {
        assertThatThrownBy(() -> Stages.parse(List.of(text), KINDS))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(rule);
    }
}
