package dev.llmload.junit;

import dev.llmload.result.Answer;
import org.apiguardian.api.API;

/**
 * Says whether an answer is right: a fast release that answers nonsense is no good release. Named by
 * {@code @GoodAnswer(check = …)}; an implementation has a constructor without parameters. One that stands in
 * {@code META-INF/services/dev.llmload.junit.AnswerCheck} and has a {@link #name()} can be named by that as well:
 * {@code -Dllmload.answer.check=json}.
 *
 * <p>It is asked about complete answers of the measured levels, on a thread of its own that no request waits for, one answer
 * at a time. An answer that it refuses is a failed request of kind {@link dev.llmload.result.Outcome#WRONG_ANSWER}.
 *
 * @since 0.1
 */
@API(status = API.Status.STABLE, since = "0.1")
@FunctionalInterface
public interface AnswerCheck {
    /**
     * Looks at one answer; returns if it is right.
     *
     * @param answer with what was asked
     * @throws AssertionError if it is wrong, with what is wrong about it: JUnit's and AssertJ's assertions do
     * @throws RuntimeException if it cannot be told: that is a defect of the check, and breaks the level off
     */
    void check(Answer answer);

    /**
     * A short name for the key {@code llmload.answer.check}; whatever its case.
     *
     * @return letters, digits and dashes; empty if the check is named by its class alone
     */
    default String name() {
        return "";
    }
}
