package dev.llmload.report.console;

import dev.llmload.report.Numbers;
import dev.llmload.report.ShownNumbers;
import dev.llmload.result.text.CountText;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * How far a run is, on one line of so many columns: {@code 2/6 50 users  210/500  2 failed  TTFT p95 812 ms  40s/3m20s left}.
 * What does not fit is left out, the least important first; on a terminal a bar takes what is left over.
 */
final class ProgressLine {
    private static final String GAP = "  ";
    private static final int BAR = 6;
    private static final int LEAST_BAR = 6;
    private static final int MOST_BAR = 20;

    /** One piece of the line; those of a lower rank are left out last. */
    private record Piece(int rank, String text) {}

    private ProgressLine() {}

    /**
     * The line.
     *
     * @param p how far it is
     * @param columns the widest it may be
     * @param bar whether a bar is wanted
     */
    static String of(ShownProgress p, int columns, boolean bar) {
        List<Piece> pieces = new ArrayList<>();
        add(pieces, 0, place(p));
        boolean drawn = bar && p.total() > 0;
        add(pieces, BAR, drawn ? " ".repeat(LEAST_BAR) : "");
        add(pieces, 8, p.phase().equals("window") || p.phase().equals(p.level()) ? "" : p.phase());
        add(pieces, 1, p.total() > 0 ? p.done() + "/" + p.total() : Integer.toString(p.done()));
        add(pieces, p.failures() > 0 ? 2 : 9, p.failures() + " failed");
        add(pieces, 5, rate(p.requestsPerSecond(), "req/s"));
        add(pieces, 7, rate(p.tokensPerSecond(), "tok/s"));
        add(pieces, 4, ttft(p.ttftP95Millis()));
        add(pieces, 3, left(p));
        int rank = 9;
        while (rank > 0 && width(pieces) > columns) {
            int least = rank--;
            pieces.removeIf(piece -> piece.rank() == least);
        }
        if (drawn && rank >= BAR) {
            int room = Math.min(MOST_BAR, LEAST_BAR + Math.max(0, columns - width(pieces)));
            pieces.set(1, new Piece(BAR, bar((double) p.done() / p.total(), room)));
        }
        String line = pieces.stream().map(Piece::text).collect(Collectors.joining(GAP));
        return line.length() <= columns ? line : line.substring(0, columns - 1) + "…";
    }

    /** The same of what just began, for a log: {@code 2/6 50 users begins, 500 requests  40s/3m20s left}. */
    static String beginning(ShownProgress p) {
        String left = left(p);
        return place(p) + " begins" + (p.total() > 0 ? ", " + CountText.of(p.total(), "request") : "")
                + (left.isEmpty() ? "" : GAP + left);
    }

    private static void add(List<Piece> pieces, int rank, String text) {
        if (!text.isEmpty()) {
            pieces.add(new Piece(rank, text));
        }
    }

    private static int width(List<Piece> pieces) {
        return pieces.stream().mapToInt(piece -> piece.text().length()).sum() + GAP.length() * (pieces.size() - 1);
    }

    private static String place(ShownProgress p) {
        return (p.number() > 0 && p.of() > 1 ? p.number() + "/" + p.of() + " " : "") + p.level();
    }

    private static String rate(double value, String unit) {
        return Double.isFinite(value) && value > 0 ? Numbers.plain(value) + " " + unit : "";
    }

    private static String ttft(double millis) {
        return Double.isNaN(millis)
                ? ""
                : "TTFT p95 " + (Double.isInfinite(millis) ? ShownNumbers.FAILED : Numbers.plain(millis) + " ms");
    }

    private static String left(ShownProgress p) {
        if (p.remaining().isNegative()) {
            return "";
        }
        boolean more = p.of() > 1 && p.remainingOfTest().compareTo(p.remaining()) > 0;
        return clock(p.remaining()) + (more ? "/" + clock(p.remainingOfTest()) : "") + " left";
    }

    private static String bar(double part, int cells) {
        int full = (int) Math.round(Math.max(0, Math.min(1, part)) * cells);
        return "█".repeat(full) + "░".repeat(cells - full);
    }

    /** {@code 40s}, {@code 3m20s}, {@code 2h05m}. */
    static String clock(Duration duration) {
        long seconds = duration.toSeconds();
        return seconds < 60
                ? seconds + "s"
                : seconds < 3600
                        ? seconds / 60 + "m" + two(seconds % 60) + "s"
                        : seconds / 3600 + "h" + two(seconds / 60 % 60) + "m";
    }

    private static String two(long number) {
        return (number < 10 ? "0" : "") + number;
    }
}
