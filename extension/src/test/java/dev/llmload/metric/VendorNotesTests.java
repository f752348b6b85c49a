package dev.llmload.metric;

import static dev.llmload.metric.Levels.level;
import static dev.llmload.metric.Levels.many;
import static dev.llmload.metric.Requests.sent;
import static org.assertj.core.api.Assertions.assertThat;

import dev.llmload.result.ValidityCheck;
import dev.llmload.result.ValidityCheck.Status;
import dev.llmload.result.request.UsageFlaw;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** What usage and finish reasons of real servers are told as. */
class VendorNotesTests {
    @Nested
    class FinishReasons {
        private static final String NAME = "answers look like answers";

        private static ValidityCheck finished(int stopped, int others, String reason) {
            List<Requests> requests = new ArrayList<>(many(stopped, r -> r.finish("stop")));
            for (int i = 0; i < others; i++) {
                requests.add(sent(5 + 10 * i).finish(reason));
            }
            return level(requests).window(0, 5000).check(NAME);
        }

        @Test
        void moreThanOnePercentCutByAContentFilter_isAWarning() {
            ValidityCheck check = finished(97, 3, "content_filter");
            assertThat(check.status()).isEqualTo(Status.WARNING);
            assertThat(check.detail())
                    .isEqualTo("a content filter cut 3 of 100 answers (3 %) off: they are short, and so are their"
                            + " latencies; change the prompts or the filter");
        }

        @Test
        void onePercent_isPrinted() {
            ValidityCheck check = finished(99, 1, "SAFETY");
            assertThat(check.status()).isEqualTo(Status.OK);
            assertThat(check.detail()).endsWith("are identical; a content filter cut 1 of 100 answers (1 %) off");
        }

        @Test
        void oneThatNobodyKnows_isNamed() {
            ValidityCheck check = finished(9, 2, "because");
            assertThat(check.status()).isEqualTo(Status.WARNING);
            assertThat(check.detail())
                    .isEqualTo("finish_reason because (2 answers) is not known; it counts as a success");
        }

        @Test
        void allAtTheLimit_underAnyOfItsNames() {
            assertThat(finished(0, 3, "max_tokens").detail())
                    .isEqualTo("every answer was cut at the token limit (finish_reason max_tokens)");
        }
    }

    @Nested
    class Usage {
        @Test
        void totalThatNothingExplains_isNoted() {
            assertThat(level(sent(0).tokens(7, 0, 525)
                                    .streamed(9)
                                    .events(4)
                                    .reasoning(516)
                                    .flaw(UsageFlaw.UNEXPLAINED_TOTAL))
                            .assemble()
                            .notes())
                    .contains(
                            "In 1 of 1 answer total_tokens is more than prompt and completion together, and no detail says"
                                    + " what the rest is (in the first 516 tokens beside a completion of 9): it counts as hidden"
                                    + " reasoning, in the output tokens and not in tpot.");
        }

        @Test
        void usageThatIsNone_isToldWithItsReason() {
            ValidityCheck check = level(
                            sent(0).noUsage().flaw(UsageFlaw.ZERO),
                            sent(100).noUsage().flaw(UsageFlaw.UNREADABLE),
                            sent(200).noUsage())
                    .check("tokens are known");
            assertThat(check.status()).isEqualTo(Status.BROKEN);
            assertThat(check.detail())
                    .isEqualTo(
                            "3 of 3 successful requests came without usage (100 %); 1 of them with a usage of 0 output"
                                    + " tokens beside token events; 1 of them with a count of output tokens that is no whole number");
        }
    }
}
