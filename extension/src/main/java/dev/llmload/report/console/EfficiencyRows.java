package dev.llmload.report.console;

import dev.llmload.report.Numbers;
import dev.llmload.result.LoadResult;
import dev.llmload.result.Metric;
import dev.llmload.result.Quantity;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** What the level's table says about the GPUs: what was measured, and why the rest was not. */
final class EfficiencyRows {
    private static final int INDENT = 13;

    private EfficiencyRows() {}

    static void into(Box box, LoadResult result) {
        List<String> model = new ArrayList<>();
        add(model, result, Metric.MFU, "MFU ", 100, " %");
        add(model, result, Metric.DECODE_MFU, "of output tokens alone ", 100, " %");
        add(model, result, Metric.MBU, "MBU ", 100, " %");
        List<String> gpu = new ArrayList<>();
        add(gpu, result, Metric.POWER, "power ", 1, " W");
        add(gpu, result, Metric.TOKENS_PER_JOULE, "", 1, " tok/J (tok/W)");
        add(gpu, result, Metric.JOULES_PER_TOKEN, "", 1, " J a token");
        List<String> device = new ArrayList<>();
        add(device, result, Metric.GPU_UTIL, "some kernel ran ", 100, " % of the time");
        add(device, result, Metric.GPU_MEMORY, "memory ", 1, " GB");
        add(device, result, Metric.GPU_TEMPERATURE, "", 1, " °C");
        List<String> lines = new ArrayList<>();
        for (List<String> each : List.of(model, gpu, device)) {
            if (!each.isEmpty()) {
                lines.add(String.join(", ", each));
            }
        }
        lines.addAll(missing(result));
        for (int i = 0; i < lines.size(); i++) {
            box.wrapped((i == 0 ? "EFFICIENCY   " : " ".repeat(INDENT)) + lines.get(i), INDENT);
        }
    }

    private static void add(
            List<String> parts, LoadResult result, Metric metric, String before, double times, String after) {
        Quantity quantity = result.quantity(metric);
        if (quantity.isPresent()) {
            parts.add(
                    before + (quantity.isUpperBound() ? "<= " : "") + Numbers.plain(quantity.value() * times) + after);
        }
    }

    // One reason often stands behind several metrics.
    private static List<String> missing(LoadResult result) {
        Quantity mfu = result.mfu();
        Quantity power = result.power();
        Set<String> lines = new LinkedHashSet<>();
        if (!mfu.isPresent() && !power.isPresent() && mfu.absentReason().equals(power.absentReason())) {
            lines.add("MFU, power, tok/J not measured: " + mfu.absentReason());
        } else {
            if (!mfu.isPresent()) {
                lines.add("MFU not measured: " + mfu.absentReason());
            }
            if (!power.isPresent()) {
                lines.add("power, tok/J not measured: " + power.absentReason());
            }
        }
        return List.copyOf(lines);
    }
}
