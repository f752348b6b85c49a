package dev.llmload.benchmark;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Lags of one round by name: count, then p50, p90, p99 and maximum in microseconds. */
final class Figures {
    private static final int COLUMNS = 5;

    private final Map<String, double[]> lags = new LinkedHashMap<>();
    private double eventsPerSecond;
    private double utilisation;
    private String detail = "";
    private final List<String> notes = new ArrayList<>();

    void put(String name, Values values) {
        put(name, new double[] {
            values.count(), values.micros(50), values.micros(90), values.micros(99), values.micros(100)
        });
    }

    void put(String name, double[] countAndMicros) {
        lags.put(name, countAndMicros);
    }

    void load(double events, double util, String more) {
        eventsPerSecond = events;
        utilisation = util;
        detail = more;
    }

    /** One more line of text; of a round only. */
    void note(String line) {
        notes.add(line);
    }

    /** Median of each figure; of the counts too. */
    static Figures median(List<Figures> rounds) {
        Figures median = new Figures();
        for (String name : rounds.get(0).lags.keySet()) {
            double[] row = new double[COLUMNS];
            for (int i = 0; i < COLUMNS; i++) {
                int column = i;
                row[i] = Values.median(
                        rounds.stream().mapToDouble(r -> r.get(name)[column]).toArray());
            }
            median.put(name, row);
        }
        median.load(
                Values.median(
                        rounds.stream().mapToDouble(r -> r.eventsPerSecond).toArray()),
                Values.median(rounds.stream().mapToDouble(r -> r.utilisation).toArray()),
                "");
        return median;
    }

    static String ratio(String name, Figures over, Figures under) {
        double[] a = over.get(name);
        double[] b = under.get(name);
        return String.format(
                Locale.ROOT,
                "  %-12s p50 %5.2f   p90 %5.2f   p99 %5.2f   max %5.2f",
                name,
                a[1] / b[1],
                a[2] / b[2],
                a[3] / b[3],
                a[4] / b[4]);
    }

    String text(String who, List<String> names) {
        StringBuilder text = new StringBuilder(String.format(
                Locale.ROOT,
                "%-4s %.0f tok/s, utilisation %.1f %%, %.1f us of CPU a token%s",
                who,
                eventsPerSecond,
                100 * utilisation,
                1e6 * utilisation / eventsPerSecond,
                detail.isEmpty() ? "" : "; " + detail));
        for (String name : names) {
            double[] row = get(name);
            text.append(String.format(
                    Locale.ROOT,
                    "%n  %-12s p50 %7.1f us   p90 %7.1f us   p99 %7.1f us   max %8.1f us   (%.0f)",
                    name,
                    row[1],
                    row[2],
                    row[3],
                    row[4],
                    row[0]));
        }
        notes.forEach(line -> text.append(String.format("%n  %s", line)));
        return text.toString();
    }

    private double[] get(String name) {
        double[] row = lags.get(name);
        if (row == null) {
            throw new IllegalArgumentException("no figures of " + name);
        }
        return row;
    }
}
