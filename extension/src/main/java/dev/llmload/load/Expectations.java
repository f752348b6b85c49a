package dev.llmload.load;

import dev.llmload.load.send.AnswerSampling;
import dev.llmload.result.request.Objective;
import java.util.List;
import java.util.Optional;

/**
 * What is expected of the single answers, over and above that they come whole.
 *
 * @param good what an answer must meet to be a good one; empty if nothing is declared
 * @param answers which of them are looked at; empty for none
 */
public record Expectations(List<Objective> good, Optional<AnswerSampling> answers) {
    /** Nothing more. */
    public static final Expectations NONE = new Expectations(List.of(), Optional.empty());

    /** Copies the list. */
    public Expectations {
        good = List.copyOf(good);
    }
}
