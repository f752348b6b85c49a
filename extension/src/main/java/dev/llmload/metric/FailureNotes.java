package dev.llmload.metric;

import dev.llmload.result.Outcome;
import dev.llmload.result.Window;
import dev.llmload.result.request.Phase;
import dev.llmload.result.request.RequestRecord;
import dev.llmload.result.text.CountText;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** What the failures of a sample said: of each of the most frequent kinds the first. */
final class FailureNotes {
    private static final int KINDS = 3;
    private static final int LONGEST = 200;

    private FailureNotes() {}

    static List<String> of(List<RequestRecord> requests) {
        Map<Outcome, RequestRecord> first = new EnumMap<>(Outcome.class);
        Map<Outcome, Integer> count = new EnumMap<>(Outcome.class);
        for (RequestRecord record : requests) {
            if (record.outcome().isFailure() && !record.error().isBlank()) {
                first.putIfAbsent(record.outcome(), record);
                count.merge(record.outcome(), 1, Integer::sum);
            }
        }
        return first.keySet().stream()
                .sorted(Comparator.comparing((Outcome kind) -> -count.getOrDefault(kind, 0)))
                .limit(KINDS)
                .map(kind -> sentence(first.get(kind)))
                .toList();
    }

    /** What failed before the window opened: it is in no number, but nobody should have to find it in a file. */
    static List<String> beforeTheWindow(Window window, List<RequestRecord> level) {
        List<RequestRecord> before = level.stream()
                .filter(record -> window.kind() == Window.Kind.STEADY && record.phase() == Phase.RAMP_IN)
                .toList();
        List<RequestRecord> failed =
                before.stream().filter(record -> record.outcome().isFailure()).toList();
        if (failed.isEmpty()) {
            return List.of();
        }
        RequestRecord first = failed.get(0);
        return List.of(failed.size() + " of " + CountText.of(before.size(), "request")
                + " failed before the window opened and are in no number; the first with " + first.outcome()
                + (first.error().isBlank() ? "" : ": " + said(first)) + ".");
    }

    private static String sentence(RequestRecord record) {
        return "The first " + record.outcome()
                + (record.status() == RequestRecord.UNKNOWN ? "" : " (status " + record.status() + ")") + ": "
                + said(record);
    }

    private static String said(RequestRecord record) {
        String said = record.error().replaceAll("\\s+", " ").strip();
        int end =
                said.codePointCount(0, said.length()) <= LONGEST ? said.length() : said.offsetByCodePoints(0, LONGEST);
        return said.substring(0, end) + (end < said.length() ? "…" : "");
    }
}
