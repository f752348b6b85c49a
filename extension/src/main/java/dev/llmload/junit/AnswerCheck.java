package dev.llmload.junit;

import dev.llmload.result.Answer;
import org.apiguardian.api.API;

/**
 * Says whether an answer is right: a fast release that answers nonsense is no good release. Named by
 * {@code @GoodAnswer(check = …)}; an implementation has a constructor without parameters.
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
}
