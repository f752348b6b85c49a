package dev.llmload.model;

import dev.llmload.result.Bias;
import dev.llmload.result.Distribution;
import dev.llmload.result.LoadResult;
import dev.llmload.result.Metric;
import dev.llmload.result.Quantity;
import dev.llmload.result.TokenCounts;
import dev.llmload.result.ValidityCheck;
import dev.llmload.result.ValidityCheck.Status;
import dev.llmload.result.request.RequestRecord;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * What share of the devices' peak a level used (docs/metrics.md). Pure, safe for use by any thread.
 *
 * @param quantities {@code mfu}, {@code decode_mfu} and {@code mbu}, each with a value or the reason why there is none
 * @param check whether these can be true
 * @param notes what a reader should know, one sentence each
 */
public record Efficiency(Map<Metric, Quantity> quantities, ValidityCheck check, List<String> notes) {
    /** Name of the check. */
    public static final String CHECK = "efficiency is possible";

    /** Tokens per arrival above which a step makes more than one token: speculative decoding. */
    private static final double SPECULATIVE = 1.05;

    private static final double WASTE_WORTH_SAYING = 0.001;

    /** Copies the collections. */
    public Efficiency {
        quantities = Map.copyOf(quantities);
        notes = List.copyOf(notes);
    }

    /**
     * None, and why.
     *
     * @param reason in words
     */
    public static Efficiency absent(String reason) {
        Map<Metric, Quantity> absent = new EnumMap<>(Metric.class);
        for (Metric metric : List.of(Metric.MFU, Metric.DECODE_MFU, Metric.MBU)) {
            absent.put(metric, Quantity.absent(metric, reason));
        }
        return new Efficiency(
                absent,
                new ValidityCheck(CHECK, Status.NOT_MEASURED, "neither MFU nor MBU: " + reason, Map.of()),
                List.of());
    }

    /**
     * Of a level.
     *
     * @param records every request of the level
     * @param result of the level
     * @param cost of the model
     * @param hardware that served it
     * @param promptsMayRepeat whether prompts may have been sent more than once: then, without knowledge of the server's
     *     cache, MFU is only an upper bound
     */
    public static Efficiency of(
            List<RequestRecord> records,
            LoadResult result,
            ModelCost cost,
            Hardware hardware,
            boolean promptsMayRepeat) {
        if (!(result.window().seconds() > 0)) {
            return absent("the run had no length");
        }
        WindowWork work = WindowWork.of(records, result.window(), cost);
        Map<Metric, Quantity> made = new EnumMap<>(Metric.class);
        made.put(Metric.MFU, mfu(work, result, hardware, promptsMayRepeat));
        made.put(Metric.DECODE_MFU, decodeMfu(result, cost, hardware));
        made.put(Metric.MBU, mbu(work, result, cost, hardware));
        List<String> notes = new ArrayList<>(cost.notes());
        if (work.wastedFlops() > WASTE_WORTH_SAYING * work.flops()) {
            notes.add(String.format(
                    Locale.ROOT,
                    "%.1f %% of the model's work in the window was wasted on requests that failed; MFU counts it.",
                    100 * work.wastedFlops() / work.flops()));
        }
        return new Efficiency(made, check(made, hardware), notes);
    }

    private static Quantity mfu(WindowWork work, LoadResult result, Hardware hardware, boolean mayRepeat) {
        TokenCounts tokens = result.tokens();
        if (tokens.withUsage() == 0 || work.flops() == 0) {
            return Quantity.absent(Metric.MFU, "the numbers of tokens are not known");
        }
        double value = work.flops() / (result.window().seconds() * hardware.flops());
        return mayRepeat && !tokens.cachedKnown() ? Quantity.atMost(Metric.MFU, value) : Quantity.of(Metric.MFU, value);
    }

    private static Quantity decodeMfu(LoadResult result, ModelCost cost, Hardware hardware) {
        if (!result.throughput().isPresent()) {
            return Quantity.absent(Metric.DECODE_MFU, result.throughput().absentReason());
        }
        if (cost.activeParameters().isEmpty()) {
            return Quantity.absent(Metric.DECODE_MFU, "the number of parameters is not known");
        }
        return Quantity.of(
                Metric.DECODE_MFU,
                2 * cost.activeParameters().getAsDouble() * result.throughput().value() / hardware.flops());
    }

    private static Quantity mbu(WindowWork work, LoadResult result, ModelCost cost, Hardware hardware) {
        Distribution tpot = result.distribution(Metric.TPOT);
        if (!tpot.isPresent()) {
            return Quantity.absent(Metric.MBU, "tpot was not measured: " + tpot.absentReason());
        }
        if (hardware.peak().bytesPerSecond().isEmpty()) {
            return Quantity.absent(
                    Metric.MBU, "the memory bandwidth of " + hardware.peak().device() + " is not known");
        }
        if (!(work.meanBatch() > 0) || cost.stepBytes(1, 0).isEmpty()) {
            return Quantity.absent(Metric.MBU, "what a step reads from memory is not known; give the model's `config`");
        }
        double perArrival = result.tokens().perArrival();
        double step = tpot.mean() / 1e9 * (perArrival > SPECULATIVE ? perArrival : 1);
        double bytes = cost.stepBytes(work.meanBatch(), work.meanContext()).getAsDouble();
        return Quantity.of(
                Metric.MBU,
                bytes
                        / (step
                                * hardware.gpus()
                                * hardware.peak().bytesPerSecond().getAsDouble()));
    }

    private static ValidityCheck check(Map<Metric, Quantity> made, Hardware hardware) {
        Map<Metric, Bias> broken = new HashMap<>();
        List<String> words = new ArrayList<>();
        made.forEach((metric, quantity) -> {
            if (quantity.isPresent()) {
                words.add(String.format(Locale.ROOT, "%s %.2f %%", metric.word(), 100 * quantity.value()));
                if (quantity.value() > 1) {
                    broken.put(metric, Bias.UNKNOWN);
                }
            }
        });
        if (words.isEmpty()) {
            return new ValidityCheck(CHECK, Status.NOT_MEASURED, "neither MFU nor MBU was measured", Map.of());
        }
        String detail = String.join(", ", words);
        return broken.isEmpty()
                ? new ValidityCheck(CHECK, Status.OK, detail, Map.of())
                : new ValidityCheck(
                        CHECK,
                        Status.BROKEN,
                        detail + ": more than 100 % is an error in what it is made of; check the compute type ("
                                + hardware.peak().computeType() + "), the peak (" + hardware.gpus() + " × "
                                + hardware.peak().device() + "), the model's parameters, and the cached tokens",
                        broken);
    }
}
