package dev.llmload.report;

import dev.llmload.result.LoadResult;
import dev.llmload.result.ValidityCheck;
import dev.llmload.result.text.CountText;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A check of a level's measurement that is broken or that warns.
 *
 * @param check which check
 * @param broken broken or only a warning
 * @param detail what was found
 */
public record Doubt(String check, boolean broken, String detail) {
    public static List<Doubt> of(LoadResult result) {
        return result.validity().stream()
                .filter(c -> c.status() == ValidityCheck.Status.BROKEN || c.status() == ValidityCheck.Status.WARNING)
                .map(c -> new Doubt(c.check(), !c.ok(), c.detail()))
                .toList();
    }

    /** {@code client keeps up (broken)}. */
    public String what() {
        return check + (broken ? " (broken)" : " (warning)");
    }

    /** {@code , 1 broken check, 2 warnings}; empty if there are none. */
    public static String count(Stream<Doubt> doubts) {
        return doubts.collect(Collectors.partitioningBy(Doubt::broken, Collectors.counting())).entrySet().stream()
                .sorted((a, b) -> Boolean.compare(b.getKey(), a.getKey()))
                .filter(count -> count.getValue() > 0)
                .map(count -> ", " + CountText.of(count.getValue(), count.getKey() ? "broken check" : "warning"))
                .collect(Collectors.joining());
    }
}
