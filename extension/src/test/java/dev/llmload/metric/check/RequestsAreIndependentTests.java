package dev.llmload.metric.check;

import static dev.llmload.metric.Levels.level;
import static dev.llmload.metric.Requests.sent;
import static org.assertj.core.api.Assertions.assertThat;

import dev.llmload.metric.Levels;
import dev.llmload.metric.Requests;
import dev.llmload.result.ValidityCheck;
import dev.llmload.result.ValidityCheck.Status;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.IntToDoubleFunction;
import org.junit.jupiter.api.Test;

/** Users of a closed loop whose answers take 100 ms, the first token after 40, over 20 rounds. */
class RequestsAreIndependentTests {
    private static final int ROUNDS = 20;

    /** Each user begins at its phase, in milliseconds, and goes on without a pause. */
    private static ValidityCheck users(int users, IntToDoubleFunction phase) {
        return users(users, phase, round -> 100).check(RequestsAreIndependent.NAME);
    }

    private static Levels users(int users, IntToDoubleFunction phase, IntToDoubleFunction duration) {
        List<Requests> requests = new ArrayList<>();
        for (int user = 0; user < users; user++) {
            double at = phase.applyAsDouble(user);
            for (int round = 0; round < ROUNDS; round++) {
                double took = duration.applyAsDouble(round * users + user);
                requests.add(sent(at).first(at + 0.4 * took).last(at + took));
                at += took;
            }
        }
        return level(requests).users(users).window(0, 100.0 * ROUNDS);
    }

    @Test
    void usersInStep_areAWarningWithTheRemedy() {
        ValidityCheck check = users(20, user -> user % 5);
        assertThat(check.status()).isEqualTo(Status.WARNING);
        assertThat(check.bias()).isEmpty();
        assertThat(check.detail())
                .startsWith("throughput swings by ±")
                .contains("with the 0.1 s of one request: the users run in lockstep; spread the lengths of the answers")
                .contains("`thinkTime`");
    }

    @Test
    void usersSpreadOverTheRound_areIndependent() {
        assertThat(users(20, user -> 5.0 * user).status()).isEqualTo(Status.OK);
    }

    @Test
    void usersWhoBeganInStep_butWhoseAnswersDiffer_areIndependent() {
        SplittableRandom random = new SplittableRandom(1);
        assertThat(users(20, user -> 0, request -> random.nextDouble(50, 150))
                        .check(RequestsAreIndependent.NAME)
                        .status())
                .isEqualTo(Status.OK);
    }

    @Test
    void fewUsers_doNotTell() {
        assertThat(users(7, user -> 0))
                .returns(Status.OK, ValidityCheck::status)
                .returns("fewer than 8 users or 4 rounds do not tell", ValidityCheck::detail);
    }

    @Test
    void phasesThatChanceLetsAgree_areNoMarch() {
        // Eight users in two groups that lean to one side.
        assertThat(users(8, user -> user % 2 == 0 ? 0 : 40).status()).isEqualTo(Status.OK);
    }
}
