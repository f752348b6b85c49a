package dev.llmload.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.llmload.junit.ComputeType;
import dev.llmload.result.Bias;
import dev.llmload.result.Level;
import dev.llmload.result.LoadResult;
import dev.llmload.result.Metric;
import dev.llmload.result.Outcome;
import dev.llmload.result.Quantity;
import dev.llmload.result.RequestCounts;
import dev.llmload.result.Subject;
import dev.llmload.result.TokenCounts;
import dev.llmload.result.ValidityCheck.Status;
import dev.llmload.result.Window;
import dev.llmload.result.measured.Measurement;
import dev.llmload.result.measured.Values;
import dev.llmload.result.request.Phase;
import dev.llmload.result.request.RequestRecord;
import dev.llmload.result.request.RequestRecord.Flags;
import dev.llmload.result.request.RequestRecord.Times;
import dev.llmload.result.request.RequestRecord.Tokens;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

/** The clock counts milliseconds from an instant below 0; the window is open from 0 to 1000 ms. */
class EfficiencyTests {
    private static final long MILLI = 1_000_000L;
    private static final long ORIGIN = -77_000_000_000_123L;
    private static final ModelCost LLAMA = ModelCosts.ofConfig(Configs.LLAMA_3_8B, 16);
    private static final Hardware A40 = new Hardware(1, DevicePeaks.of("NVIDIA A40", ComputeType.FP16));
    private static final Window WINDOW = window(Window.Kind.STEADY);

    private static Window window(Window.Kind kind) {
        return new Window(kind, ORIGIN, ORIGIN + 1000 * MILLI, Duration.ofSeconds(2), "500 requests sent");
    }

    private static RequestRecord request(
            Outcome outcome, long sent, long first, long last, int prompt, int cached, int output, int inWindow) {
        int events = 101;
        return new RequestRecord(
                0,
                Phase.WINDOW,
                outcome,
                new Times(
                        ORIGIN + sent * MILLI,
                        ORIGIN + sent * MILLI,
                        ORIGIN + sent * MILLI,
                        first < 0 ? RequestRecord.ABSENT : ORIGIN + first * MILLI,
                        first < 0 ? RequestRecord.ABSENT : ORIGIN + first * MILLI,
                        first < 0 ? RequestRecord.ABSENT : ORIGIN + last * MILLI,
                        ORIGIN + last * MILLI,
                        0),
                new Tokens(prompt, cached, output, output, 1, false, first < 0 ? 0 : events, events, inWindow),
                200,
                "length",
                "",
                0,
                0,
                new Flags(true, false, false));
    }

    private static LoadResult result(Window window, boolean cachedKnown) {
        return Measurement.of(
                        new Subject("com.acme.ChatTest#chat", "http://host/v1/chat/completions", "llama", false),
                        Level.users(1))
                .window(window)
                .requests(new RequestCounts(1, 1, 0, 0, Map.of(), Map.of(), Map.of()))
                .tokens(new TokenCounts(512, 0, 101, 1, cachedKnown, false, 1.0, 0, 0, 1))
                .inFlightMean(1)
                .distributions(Map.of(Metric.TPOT, Values.of(new double[] {30e6}, 0)))
                .quantities(Map.of(Metric.THROUGHPUT, Quantity.of(Metric.THROUGHPUT, 1457.8)))
                .build();
    }

    private static Efficiency of(RequestRecord... records) {
        return Efficiency.of(List.of(records), result(WINDOW, true), LLAMA, A40, false);
    }

    private static double mfu(Efficiency efficiency) {
        return efficiency.quantities().get(Metric.MFU).value();
    }

    @Test
    void mfuIsTheWorkOfTheWindowByThePeak() {
        Efficiency efficiency = of(request(Outcome.OK, 0, 200, 900, 512, 0, 101, 101));
        assertThat(mfu(efficiency)).isEqualTo(LLAMA.flops(512, 0, 101) / 149.7e12);
        assertThat(efficiency.check().status()).isEqualTo(Status.OK);
        assertThat(efficiency.notes()).isEmpty();
    }

    @Test
    void prefillIsBookedEvenlyFromSentToTheFirstTokenAndDecodeAtTheTokenEvents() {
        // three quarters of the prefill lie in the window, and 25 of 101 events
        Efficiency efficiency = of(request(Outcome.OK, -100, 300, 4000, 512, 0, 101, 25));
        double expected = LLAMA.prefillFlops(512, 0) * 0.75 + LLAMA.decodeFlops(512, 101) * 25 / 101;
        assertThat(mfu(efficiency)).isCloseTo(expected / 149.7e12, within(1e-12));
    }

    @Test
    void aWholeRunHoldsAllWork() {
        Efficiency efficiency = Efficiency.of(
                List.of(request(Outcome.OK, -100, 300, 4000, 512, 0, 101, 0)),
                result(window(Window.Kind.WHOLE_RUN), true),
                LLAMA,
                A40,
                false);
        assertThat(mfu(efficiency)).isEqualTo(LLAMA.flops(512, 0, 101) / 149.7e12);
    }

    @Test
    void workOfFailedRequestsCountsAndIsSaidToBeWasted() {
        RequestRecord good = request(Outcome.OK, 0, 200, 900, 512, 0, 101, 101);
        // its usage never came: its prompt is taken as long as the success's, its 101 events as its 101 tokens
        RequestRecord stalled = request(Outcome.TIMEOUT_STALLED, 0, 200, 900, -1, -1, -1, 101);
        RequestRecord silent = request(Outcome.TIMEOUT_FIRST_TOKEN, 0, -1, 900, -1, -1, -1, 0);
        Efficiency efficiency = of(good, stalled, silent);
        assertThat(mfu(efficiency)).isEqualTo(2 * LLAMA.flops(512, 0, 101) / 149.7e12);
        assertThat(efficiency.notes())
                .containsExactly(
                        "50.0 % of the model's work in the window was wasted on requests that failed; MFU counts it.");
    }

    @Test
    void mfuIsAnUpperBoundWhereAnUnknownCacheMayHaveSparedWork() {
        List<RequestRecord> records = List.of(request(Outcome.OK, 0, 200, 900, 512, -1, 101, 101));
        assertThat(Efficiency.of(records, result(WINDOW, false), LLAMA, A40, true)
                        .quantities()
                        .get(Metric.MFU)
                        .isUpperBound())
                .isTrue();
        assertThat(Efficiency.of(records, result(WINDOW, false), LLAMA, A40, false)
                        .quantities()
                        .get(Metric.MFU)
                        .isUpperBound())
                .isFalse();
    }

    @Test
    void decodeMfuIsTheReferencesFormula() {
        List<RequestRecord> records = List.of(request(Outcome.OK, 0, 200, 900, 512, 0, 101, 101));
        Efficiency efficiency = Efficiency.of(records, result(WINDOW, true), ModelCosts.ofParameters(8e9), A40, false);
        assertThat(100 * efficiency.quantities().get(Metric.DECODE_MFU).value()).isCloseTo(15.58, within(0.005));
    }

    @Test
    void mbuTakesTheMeanContextWhileAnySequenceDecodes() {
        // contexts grow from 512 to 613 while both decode; nothing decodes for half of the window
        RequestRecord one = request(Outcome.OK, 0, 200, 700, 512, 0, 101, 101);
        Efficiency efficiency = of(one, one);
        double bytes = LLAMA.stepBytes(2, 2 * (512 + 50.5)).orElseThrow();
        assertThat(efficiency.quantities().get(Metric.MBU).value()).isCloseTo(bytes / (0.030 * 696e9), within(1e-9));
    }

    @Test
    void mbuIsAbsentWhereTheModelsShapeIsNotKnown() {
        List<RequestRecord> records = List.of(request(Outcome.OK, 0, 200, 900, 512, 0, 101, 101));
        Quantity mbu = Efficiency.of(records, result(WINDOW, true), ModelCosts.ofParameters(8e9), A40, false)
                .quantities()
                .get(Metric.MBU);
        assertThat(mbu.isPresent()).isFalse();
        assertThat(mbu.absentReason()).endsWith("give the model's `config`");
    }

    @Test
    void moreThanAllOfThePeakIsAnErrorInItsInputs() {
        DevicePeak tiny = new DevicePeak("NVIDIA T1", ComputeType.FP16, 1e9, OptionalDouble.empty(), "declared");
        Efficiency efficiency = Efficiency.of(
                List.of(request(Outcome.OK, 0, 200, 900, 512, 0, 101, 101)),
                result(WINDOW, true),
                LLAMA,
                new Hardware(2, tiny),
                false);
        assertThat(efficiency.check().status()).isEqualTo(Status.BROKEN);
        assertThat(efficiency.check().bias())
                .containsOnly(Map.entry(Metric.MFU, Bias.UNKNOWN), Map.entry(Metric.DECODE_MFU, Bias.UNKNOWN));
        assertThat(efficiency.check().detail())
                .contains(
                        "check the compute type (FP16), the peak (2 × NVIDIA T1), the model's parameters, and the cached tokens");
    }

    @Test
    void nothingIsMeasuredWithoutTokenCounts() {
        Quantity mfu = of(request(Outcome.OK, 0, 200, 900, -1, -1, -1, 101))
                .quantities()
                .get(Metric.MFU);
        assertThat(mfu.isPresent()).isFalse();
        assertThat(mfu.absentReason()).isEqualTo("the numbers of tokens are not known");
    }
}
