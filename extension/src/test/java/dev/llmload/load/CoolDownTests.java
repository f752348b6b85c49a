package dev.llmload.load;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.concurrent.TimeUnit;
import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Test;

/** How long is waited between two levels; time passes only where the test says so. */
class CoolDownTests {
    private static final Duration LIMIT = Duration.ofSeconds(1);

    private final List<String> said = new ArrayList<>();
    private final List<Long> pausedMillis = new ArrayList<>();
    private final Deque<OptionalDouble> answers = new ArrayDeque<>();
    private OptionalDouble afterwards = OptionalDouble.empty();
    private long askingTakesMillis;
    private int stopAfterPauses = Integer.MAX_VALUE;
    private long now = Long.MAX_VALUE - TimeUnit.MILLISECONDS.toNanos(300);

    private Optional<String> coolDown(double... active) {
        DoubleStream.of(active).mapToObj(OptionalDouble::of).forEach(answers::add);
        return new CoolDown(
                        () -> {
                            now += TimeUnit.MILLISECONDS.toNanos(askingTakesMillis);
                            return answers.isEmpty() ? afterwards : answers.removeFirst();
                        },
                        () -> now,
                        nanos -> {
                            pausedMillis.add(TimeUnit.NANOSECONDS.toMillis(nanos));
                            now += nanos;
                        },
                        () -> pausedMillis.size() >= stopAfterPauses,
                        new LoadListener() {
                            @Override
                            public void waiting(String what, Duration elapsed, Duration limit) {
                                said.add(what + " " + elapsed.toMillis() + "/" + limit.toMillis());
                            }
                        })
                .before("50 users", LIMIT);
    }

    @Test
    void anIdleEndpoint_isNotWaitedFor() {
        assertThat(coolDown(0)).isEmpty();
        assertThat(pausedMillis).isEmpty();
        assertThat(said).containsExactly("the endpoint to be idle before 50 users 0/1000");
    }

    @Test
    void aBusyOne_untilItIsIdle() {
        assertThat(coolDown(7, 1, 0, 9)).isEmpty();
        assertThat(pausedMillis).containsExactly(250L, 250L);
        assertThat(said)
                .containsExactly(
                        "the endpoint to be idle before 50 users 0/1000",
                        "the endpoint to be idle before 50 users 0/1000",
                        "the endpoint to be idle before 50 users 250/1000");
    }

    @Test
    void oneThatStaysBusy_theWholeTime_andTheReaderKnows() {
        afterwards = OptionalDouble.of(3);
        assertThat(coolDown())
                .contains(
                        "after the whole cool-down of 1 s before 50 users the endpoint was not idle: 3 requests were in work"
                                + " or waiting, of whomever");
        assertThat(pausedMillis).containsExactly(250L, 250L, 250L, 250L);
    }

    @Test
    void oneThatDoesNotSay_theWholeTime_andTheReaderKnows() {
        assertThat(coolDown())
                .contains(
                        "the whole cool-down of 1 s before 50 users was waited, because the endpoint does not say if it is"
                                + " idle");
        assertThat(pausedMillis).containsExactly(250L, 250L, 250L, 250L);
        assertThat(said).contains("the cool-down before 50 users (the endpoint does not say if it is idle) 750/1000");
    }

    @Test
    void theTimeThatAskingTakes_isPartOfIt() {
        askingTakesMillis = 350;
        assertThat(coolDown()).isPresent();
        // Asked at 0, 600 and, because 50 ms were left, at 1000.
        assertThat(pausedMillis).containsExactly(250L, 50L);
    }

    @Test
    void aReadingThatFailed_isTriedAgain() {
        answers.add(OptionalDouble.of(2));
        answers.add(OptionalDouble.empty());
        answers.add(OptionalDouble.of(0));
        assertThat(coolDown()).isEmpty();
        assertThat(pausedMillis).hasSize(2);
    }

    @Test
    void aStopEndsIt() {
        stopAfterPauses = 2;
        assertThat(coolDown()).isEmpty();
        assertThat(pausedMillis).hasSize(2);
    }
}
