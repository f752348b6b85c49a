package dev.llmload.samples.plugged;

import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.llmload.junit.AnswerCheck;
import dev.llmload.result.Answer;

/** A chat template that does not fit the model shows in its answers: {@code -Dllmload.answer.check=no-special-tokens}. */
public class NoSpecialTokens implements AnswerCheck {
    @Override
    public String name() {
        return "no-special-tokens";
    }

    @Override
    public void check(Answer answer) {
        assertFalse(answer.text().contains("<|"), () -> "a special token in: " + answer.text());
    }
}
