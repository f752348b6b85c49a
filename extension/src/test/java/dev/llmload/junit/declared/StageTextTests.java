package dev.llmload.junit.declared;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.llmload.junit.Arrivals;
import dev.llmload.junit.declared.LoadTestSpec.PlannedLevel;
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
    private static final LoadKinds KINDS = new LoadKinds(ThinkTime.NONE, Arrivals.POISSON, 0);

    private static PlannedLevel stage(OfferedLoad load, Duration length) {
        return new PlannedLevel(load.level(), load, Optional.of(length));
    }

    @Test
    void usersAndRates_withTheirLengths() {
        assertThat(Stages.parse(List.of("10 users 30s", "1 user for 1.5 m"), KINDS))
                .containsExactly(
                        stage(KINDS.users(10), Duration.ofSeconds(30)),
                        stage(KINDS.users(1), Duration.ofSeconds(90)));
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

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    10 users            | a stage must be a load and its length, such as `10 users 30s` or `20 req/s 1m`, but was `10 users`
                    10 people 30s       | a stage must be a load and its length
                    30s 10 users        | a stage must be a load and its length
                    10 users 30         | a duration must be a number and a unit
                    10 users 0s         | a stage must be longer than 0, but was `10 users 0s`
                    0 users 3s          | users of a stage must be a whole number of at least 1, but was `0 users 3s`
                    1.5 users 3s        | users of a stage must be a whole number of at least 1, but was `1.5 users 3s`
                    99999999999 users 1s| users of a stage must be a whole number of at least 1
                    0 req/s 3s          | requests per second of a stage must be above 0, but was `0 req/s 3s`
                    1 user 1s, 2 req/s 1s | must be all of users or all of requests per second
                    1 user 1s,,2 users 1s | a stage must be a load and its length
                    """)
    void whatIsNone_saysTheRule(String text, String rule) {
        assertThatThrownBy(() -> Stages.parse(List.of(text), KINDS))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(rule);
    }
}
