package dev.llmload.metric.check;

import static dev.llmload.metric.Levels.level;
import static dev.llmload.metric.Levels.many;
import static dev.llmload.metric.Requests.failed;
import static dev.llmload.metric.Requests.sent;
import static org.assertj.core.api.Assertions.assertThat;

import dev.llmload.budget.Judge;
import dev.llmload.budget.LevelVerdict;
import dev.llmload.budget.grammar.BudgetParser;
import dev.llmload.metric.Levels;
import dev.llmload.metric.LoopRecorder;
import dev.llmload.metric.Objectives;
import dev.llmload.metric.Requests;
import dev.llmload.result.Bias;
import dev.llmload.result.Level;
import dev.llmload.result.LoadResult;
import dev.llmload.result.Metric;
import dev.llmload.result.Outcome;
import dev.llmload.result.ValidityCheck;
import dev.llmload.result.ValidityCheck.Status;
import dev.llmload.result.Verdict;
import dev.llmload.result.request.Objective;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PaceIsKnownTests {
    private static final String NAME = "tpot is known";

    /** 312 tokens by the usage, 12 events in 220 ms, each in a buffer of its own. */
    private static Requests dense(Requests request) {
        return request.tokens(64, 0, 312).events(12).arrivals(12).inWindow(12);
    }

    private static Requests dense(double sentMillis) {
        return dense(
                sent(sentMillis).first(sentMillis + 200).last(sentMillis + 420).thinking(80));
    }

    private static Verdict verdict(LoadResult result, String budget) {
        LevelVerdict verdict = Judge.judge(result, BudgetParser.parseList(budget, "test"));
        return verdict.outcomes().get(0).verdict();
    }

    @Test
    void manyTokensAnEventThatTheUsageDoesNotTellApart_areADoubtWithItsCauses() {
        ValidityCheck check = level(dense(0), dense(500)).check(NAME);
        assertThat(check.status()).isEqualTo(Status.BROKEN);
        assertThat(check.detail())
                .isEqualTo(
                        "2 of 2 answers hold at least 3 tokens an event that the usage does not tell apart (26 in the"
                                + " median): either the server hides its reasoning, which is no time between tokens, and tpot is up"
                                + " to so many times too low, or it sends several tokens in one event (speculative decoding, an"
                                + " interval of streaming); from outside nobody can tell, so tpot and output_speed are in doubt."
                                + " Have the server stream or count its reasoning (completion_tokens_details.reasoning_tokens), or"
                                + " count the tokens of each chunk (vLLM and SGLang: stream_options.continuous_usage_stats)");
        assertThat(check.bias())
                .containsOnly(
                        Map.entry(Metric.TPOT, Bias.DOWN),
                        Map.entry(Metric.OUTPUT_SPEED, Bias.UP),
                        Map.entry(Metric.MBU, Bias.UNKNOWN));
    }

    @ParameterizedTest
    @CsvSource({
        "tpot p50 < 1 ms, INCONCLUSIVE",
        "tpot p50 < 0.1 ms, FAIL",
        "output_speed p50 > 100 tok/s, INCONCLUSIVE",
        "output_speed p50 > 100000 tok/s, FAIL",
        "ttft p50 < 1 s, PASS"
    })
    void noBudgetThatItCouldHaveTippedPasses(String budget, Verdict expected) {
        LoadResult result = level(dense(0), dense(500)).assemble();
        assertThat(verdict(result, budget)).isEqualTo(expected);
    }

    @Test
    void reasoningThatTheUsageTells_leavesNoDoubt() {
        assertThat(level(dense(0).reasoning(300).streamed(12)).check(NAME).status())
                .isEqualTo(Status.OK);
        assertThat(level(dense(0).reasoning(0)).check(NAME).status()).isEqualTo(Status.OK);
    }

    @Test
    void tokensOfEachEventThatTheUsageTells_leaveNone_soSpeculativeDecodingIsMeasurable() {
        LoadResult result =
                level(dense(0).firstEventOf(26), dense(500).firstEventOf(26)).assemble();
        assertThat(Levels.check(result, NAME).status()).isEqualTo(Status.OK);
        assertThat(verdict(result, "tpot p50 < 1 ms")).isEqualTo(Verdict.PASS);
    }

    @ParameterizedTest
    @CsvSource({"9, 3, BROKEN", "9, 4, OK", "8, 2, OK", "300, 100, BROKEN", "299, 100, OK"})
    void itTakesThreeTokensAnEvent_andMoreThanEight(int tokens, int events, Status expected) {
        Requests request =
                sent(0).tokens(10, 0, tokens).events(events).arrivals(events).inWindow(events);
        assertThat(level(request).check(NAME).status()).isEqualTo(expected);
    }

    @Test
    void onePercentIsNotMany_twoAre() {
        List<Requests> requests = many(99, r -> r);
        requests.add(dense(990));
        ValidityCheck check = level(requests).window(0, 2000).check(NAME);
        assertThat(check.status()).isEqualTo(Status.OK);
        assertThat(check.detail())
                .isEqualTo("1 of 100 answers hold at least 3 tokens an event that the usage does not tell apart");
        List<Requests> more = new ArrayList<>(requests.subList(1, requests.size()));
        more.add(dense(1000));
        assertThat(level(more).window(0, 2000).check(NAME).status()).isEqualTo(Status.BROKEN);
    }

    @Test
    void goodAnswersByTheirPaceAreInDoubtToo_othersAreNot() {
        assertThat(bias(Metric.TPOT))
                .containsEntry(Metric.GOODPUT, Bias.UP)
                .containsEntry(Metric.GOOD_FRACTION, Bias.UP);
        assertThat(bias(Metric.TTFT)).doesNotContainKeys(Metric.GOODPUT, Metric.GOOD_FRACTION);
    }

    private static Map<Metric, Bias> bias(Metric metric) {
        List<Objective> good = List.of(new Objective(metric, true, false, 1e9, metric.word() + " < 1 s"));
        LoopRecorder recorder = new LoopRecorder(10, Objectives.of(good, Level.users(1)));
        return level(Levels.fill(recorder, List.of(dense(0)))).check(NAME).bias();
    }

    @Test
    void withoutAnyTpot_itIsNotMeasured() {
        assertThat(level(failed(0, Outcome.RESET, 200)).check(NAME).status()).isEqualTo(Status.NOT_MEASURED);
    }

    @Test
    void aProxyIsNamedOnlyWhereEventsShareABuffer() {
        String stream = "the stream is a stream";
        assertThat(level(dense(0)).check(stream).detail())
                .startsWith(
                        "a median of 26 tokens per arrival: each event holds many, or the usage counts tokens that were"
                                + " not streamed");
        Requests flushed = sent(0).first(200).last(420).tokens(64, 0, 96).arrivals(6);
        assertThat(level(flushed).check(stream).detail())
                .startsWith("a median of 16 tokens per arrival: a proxy seems to flush only now and then");
    }
}
