package dev.llmload.report.page;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.ToLongFunction;

/**
 * The requests of a level that the page shows: all that did not succeed, up to {@value #MOST_FAILURES}, and of the others a
 * sample in which each is equally likely to be. The same requests give the same sample. Not thread-safe.
 */
final class RequestSample {
    /** So many successes of a level are shown. */
    static final int MOST = 4_000;

    static final int MOST_FAILURES = 20_000;
    private static final int MOST_TEXTS = 400;
    private static final int LONGEST_TEXT = 200;

    private final long origin;
    private final Random random = new Random(1);
    private final Map<Long, RequestRow> failures = new LinkedHashMap<>();
    private final List<RequestRow> successes = new ArrayList<>();
    private long attempted;
    private long failed;
    private long succeeded;

    /**
     * Of one level.
     *
     * @param origin when its series begins, on the clock of the rows
     */
    RequestSample(long origin) {
        this.origin = origin;
    }

    void add(RequestRow row) {
        if (row.corrects) {
            correct(row);
            return;
        }
        attempted++;
        if (!row.succeeded()) {
            fail(row);
            return;
        }
        succeeded++;
        if (successes.size() < MOST) {
            successes.add(row);
        } else {
            long place = random.nextLong(succeeded);
            if (place < MOST) {
                successes.set((int) place, row);
            }
        }
    }

    private void fail(RequestRow row) {
        failed++;
        if (failures.size() < MOST_FAILURES) {
            failures.put(row.n, row);
        }
    }

    // A line that was written before its answer had been checked.
    private void correct(RequestRow row) {
        successes.removeIf(before -> before.n == row.n);
        if (failures.remove(row.n) != null) {
            failures.put(row.n, row);
        } else {
            succeeded--;
            fail(row);
        }
    }

    /**
     * Columns of equal length, by the instant at which each request was due; {@code n} and {@code at}, in milliseconds from
     * the beginning of the level's series, as differences. Times are microseconds, as exact as a reader sees them: to 1 ms from
     * 100 ms on. What is not known is -1.
     *
     * @param most how many successes at most
     */
    ObjectNode json(int most) {
        List<RequestRow> rows = new ArrayList<>(failures.values());
        int shown = Math.min(most, successes.size());
        for (int i = 0; i < shown; i++) {
            rows.add(successes.get((int) ((long) i * successes.size() / shown)));
        }
        rows.sort(Comparator.comparingLong(RequestRow::begin).thenComparingLong(row -> row.n));
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        node.put("attempted", attempted).put("failed", failed);
        node.put("shown", rows.size()).put("failures_shown", failures.size());
        differences(node.putArray("n"), rows, row -> row.n);
        differences(node.putArray("at"), rows, row -> Math.round((row.begin() - origin) / 1e6));
        column(node.putArray("wait"), rows, row -> micros(RequestRow.between(row.scheduled, row.sent)));
        column(node.putArray("ttft"), rows, row -> micros(RequestRow.between(row.sent, row.first)));
        column(node.putArray("stream"), rows, row -> micros(RequestRow.between(row.first, row.last)));
        column(
                node.putArray("ended"),
                rows,
                row -> row.succeeded() ? -1 : micros(RequestRow.between(row.begin(), row.closed)));
        column(node.putArray("prompt"), rows, row -> count(row.prompt));
        column(node.putArray("output"), rows, row -> count(row.output));
        column(node.putArray("window"), rows, row -> row.phase.equals("window") ? 1 : 0);
        texts(node, rows);
        return node;
    }

    private static void column(ArrayNode column, List<RequestRow> rows, ToLongFunction<RequestRow> value) {
        rows.forEach(row -> column.add(value.applyAsLong(row)));
    }

    private static void differences(ArrayNode column, List<RequestRow> rows, ToLongFunction<RequestRow> value) {
        long before = 0;
        for (RequestRow row : rows) {
            long now = value.applyAsLong(row);
            column.add(now - before);
            before = now;
        }
    }

    // Each distinct outcome once, and its place per request.
    private static void texts(ObjectNode node, List<RequestRow> rows) {
        Map<List<String>, Integer> known = new LinkedHashMap<>();
        ArrayNode places = node.putArray("outcome");
        for (RequestRow row : rows) {
            String status = row.status == RequestRow.ABSENT ? "" : Long.toString(row.status);
            List<String> text = List.of(
                    row.outcome,
                    status,
                    known.size() < MOST_TEXTS
                            ? row.error.substring(0, Math.min(LONGEST_TEXT, row.error.length()))
                            : "");
            places.add(known.computeIfAbsent(text, each -> known.size()));
        }
        ArrayNode texts = node.putArray("outcomes");
        known.keySet().forEach(text -> text.forEach(texts.addArray()::add));
    }

    private static long count(long value) {
        return Math.max(-1, value);
    }

    private static long micros(long nanos) {
        if (nanos == RequestRow.ABSENT || nanos < 0) {
            return -1;
        }
        double micros = nanos / 1e3;
        long step = micros >= 99_950 ? 1_000 : micros >= 9_995 ? 100 : micros >= 1_000 ? 10 : 1;
        return Math.round(micros / step) * step;
    }
}
