package dev.llmload.samples;

import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.llmload.junit.AnswerCheck;
import dev.llmload.junit.Budget;
import dev.llmload.junit.Cost;
import dev.llmload.junit.GoodAnswer;
import dev.llmload.junit.LlmEndpoint;
import dev.llmload.junit.LlmLoad;
import dev.llmload.junit.LlmRequest;
import dev.llmload.result.Answer;
import dev.llmload.result.LoadResult;
import org.junit.jupiter.api.DisplayName;

/**
 * Tokens that come too late, and answers that are wrong, are worth nothing: how many requests a second are good, and what do
 * their tokens cost?
 */
@DisplayName("Good answers")
@LlmEndpoint(url = "simulator:h100-fast?tokens=20..40")
class GoodAnswersIT {

    @LlmLoad(concurrency = 20, requests = 200)
    @LlmRequest(prompts = "classpath:/prompts/chat.jsonl")
    @GoodAnswer(
            value = {"ttft < 1.5 s", "tpot < 100 ms"},
            check = SpeaksNoTemplate.class,
            checkShare = 1)
    @Cost(gpuRatePerHour = 2.30)
    @Budget("good_fraction >= 95%")
    @Budget("goodput >= 2 req/s")
    @Budget("cost_per_million_good < 100 $")
    void chat(LoadResult result) {}

    /** A chat template that does not fit the model shows in its answers. */
    static class SpeaksNoTemplate implements AnswerCheck {
        @Override
        public void check(Answer answer) {
            assertFalse(answer.text().contains("<|"), () -> "a special token in: " + answer.text());
        }
    }
}
