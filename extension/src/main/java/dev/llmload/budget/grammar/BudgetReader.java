package dev.llmload.budget.grammar;

import dev.llmload.budget.BudgetRule;
import dev.llmload.budget.Comparator;
import dev.llmload.budget.Exact;
import dev.llmload.budget.Statistic;
import dev.llmload.result.Metric;
import dev.llmload.result.Unit;
import dev.llmload.result.request.Objective;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Reads one budget: {@code metric [statistic] comparator limit}. Reports the first mistake it meets, from left to right.
 * Confined to one thread.
 */
final class BudgetReader {
    private static final String FORM =
            "metric [statistic] comparator limit, for example \"ttft p95 < 1500 ms\" or \"success_rate >= 99 %\"";
    private static final String COMPARATORS = "a comparator: <, <=, > or >=";
    private static final String STATISTICS = "mean, min, max or a percentile such as p95";
    private static final String NUMBER = "a plain decimal number such as 1500, 1,500 or 1.5";
    private static final List<String> METRICS =
            Metric.budgetable().stream().map(Metric::word).toList();
    private static final List<String> OF_A_REQUEST = Metric.budgetable().stream()
            .filter(Objective::isFor)
            .map(Metric::word)
            .toList();
    private static final Map<String, String> LOOKALIKES = Map.of("=<", "<=", "=>", ">=", "＜", "<", "＞", ">");

    private final Cursor cursor;
    private final String source;
    private final String kind;

    BudgetReader(Cursor cursor, String source) {
        this(cursor, source, "budget");
    }

    BudgetReader(Cursor cursor, String source, String kind) {
        this.cursor = cursor;
        this.source = source;
        this.kind = kind;
    }

    BudgetRule read(List<String> at, double confidence) {
        refuseInvisible();
        Metric metric = metric();
        int statisticAt = cursor.skipBlanks();
        Statistic statistic = statistic(metric);
        Comparator comparator = comparator(metric);
        refuseFastTail(metric, statistic, comparator, statisticAt);
        int limitAt = cursor.skipBlanks();
        boolean moneyFirst = cursor.accept('$');
        int numberAt = cursor.skipBlanks();
        double limit = number();
        int unitAt = moneyFirst ? limitAt : cursor.skipBlanks();
        Unit unit = moneyFirst ? Unit.MONEY : unit(metric);
        boolean ofBaseline = unit == Unit.PERCENT && ofBaseline();
        if (!ofBaseline) {
            requireFit(metric, unit, unitAt);
            requirePossible(metric, limit, numberAt);
        }
        requireEnd();
        return new BudgetRule(metric, statistic, comparator, limit, unit.symbol(), ofBaseline, source, at, confidence);
    }

    /** What each answer must meet: a metric of single requests, no statistic, a limit. */
    Objective readObjective() {
        refuseInvisible();
        int at = cursor.skipBlanks();
        Metric metric = metric();
        if (!Objective.isFor(metric)) {
            throw mistake(
                    metric.word() + " is not a value that each request has one of",
                    at,
                    "one of " + String.join(", ", OF_A_REQUEST));
        }
        int statisticAt = cursor.skipBlanks();
        if (Character.isLetter(cursor.peek())) {
            throw mistake(
                    "each request has one " + metric.word() + ", so no statistic is taken, but found " + cursor.found(),
                    statisticAt,
                    COMPARATORS);
        }
        Comparator comparator = comparator(metric);
        cursor.skipBlanks();
        double limit = number();
        int unitAt = cursor.skipBlanks();
        Unit unit = unit(metric);
        if (!unit.fits(metric)) {
            throw mistake(
                    "the unit \"" + unit.symbol() + "\" does not fit " + metric.word(),
                    unitAt,
                    "the unit " + String.join(" or ", Unit.symbolsOf(metric)));
        }
        requireEnd();
        return new Objective(
                metric,
                comparator.isUpperLimit(),
                comparator.includesEquality(),
                Exact.of(limit).multiply(unit.size()).doubleValue(),
                metric.word() + " " + comparator.symbol() + " " + Exact.plain(limit) + " " + unit.symbol());
    }

    /** Text that was copied from a page or a chat may hold characters that nobody sees. */
    private void refuseInvisible() {
        int at = cursor.find(c -> Character.getType(c) == Character.FORMAT);
        if (at >= 0) {
            throw mistake(
                    String.format(
                            "invisible character U+%04X", (int) cursor.text().charAt(at)),
                    at,
                    "the text without it");
        }
    }

    private Metric metric() {
        int at = cursor.skipBlanks();
        if (cursor.atEnd()) {
            throw mistake("the text is empty", at, FORM);
        }
        String word = cursor.take(BudgetReader::isWordPart);
        if (word.isEmpty()) {
            throw mistake("it must begin with a metric, but begins with " + cursor.found(), at, FORM);
        }
        Optional<Metric> known = Metric.ofWord(word).filter(Metric::isBudgetable);
        if (known.isEmpty()) {
            refuseOtherOrder(at);
        }
        return known.orElseThrow(() -> mistake(
                "unknown metric \"" + word + "\"",
                at,
                "one of " + String.join(", ", METRICS),
                Words.nearest(word, METRICS)));
    }

    private void refuseOtherOrder(int at) {
        String rest = cursor.rest(at);
        Optional<String> meant = WordOrder.meant(rest);
        if (meant.isPresent()) {
            throw mistake("the metric comes first, then its statistic after a blank", at, FORM, meant);
        }
        WordOrder.withoutMetric(rest).ifPresent(statistic -> {
            throw mistake(
                    "a metric is missing before the statistic " + statistic,
                    at,
                    FORM,
                    Optional.of("ttft " + statistic));
        });
    }

    private Statistic statistic(Metric metric) {
        int at = cursor.position();
        if (metric.isDistribution()) {
            Optional<String> meant = WordOrder.meant(metric.word() + " " + cursor.rest(at));
            if (meant.isPresent() && "(.:-".indexOf(cursor.peek()) >= 0 && !cursor.atEnd()
                    || cursor.rest(at).matches("(?is)p\\s*\\(.*")) {
                throw mistake("a statistic is written after a blank and without brackets", at, STATISTICS, meant);
            }
        }
        String word = Character.isLetter(cursor.peek()) ? cursor.take(BudgetReader::isWordPart) : "";
        Optional<Statistic> known = Statistic.ofWord(word);
        if (!metric.isDistribution()) {
            if (word.isEmpty()) {
                return Statistic.NONE;
            }
            String problem = known.isPresent()
                    ? metric.word() + " is one number and takes no statistic, but found \"" + word + "\""
                    : "unexpected \"" + word + "\"";
            throw mistake(problem, at, COMPARATORS);
        }
        String expected = STATISTICS;
        if (word.isEmpty()) {
            throw mistake(metric.word() + " needs a statistic, but found " + cursor.found(), at, expected);
        }
        if (known.isEmpty() && Statistic.looksLikePercentile(word)) {
            throw mistake("percentile out of range: \"" + word + "\"", at, "a percentile above p0 and at most p100");
        }
        return known.orElseThrow(() ->
                mistake("unknown statistic \"" + word + "\"", at, expected, Words.nearest(word, Statistic.WORDS)));
    }

    private Comparator comparator(Metric metric) {
        int at = cursor.skipBlanks();
        String symbol = cursor.take(c -> "<>=≤≥!~≈＜＞".indexOf(c) >= 0);
        if (symbol.isEmpty()) {
            throw mistake("a comparator is missing, found " + cursor.found(), at, COMPARATORS);
        }
        String meant = LOOKALIKES.getOrDefault(symbol, metric.lowerIsBetter() ? "<=" : ">=");
        return Comparator.ofSymbol(symbol)
                .orElseThrow(
                        () -> mistake("unknown comparator \"" + symbol + "\"", at, COMPARATORS, Optional.of(meant)));
    }

    /** A speed's p95 is what the fastest 5 % reach; who writes {@code output_speed p95 >= …} means p5. */
    private void refuseFastTail(Metric metric, Statistic statistic, Comparator comparator, int at) {
        if (metric.kind() != Metric.Kind.SPEED
                || comparator.isUpperLimit()
                || !statistic.isPercentile()
                || statistic.percentile() <= 50) {
            return;
        }
        String p = Exact.plain(statistic.percentile());
        double rest = Exact.of(100).subtract(Exact.of(statistic.percentile())).doubleValue();
        String offer = rest > 0 ? Statistic.percentile(rest).text() : Statistic.MIN.text();
        throw mistake(
                "percentiles of a speed are plain: " + metric.word() + " p" + p + " is the speed that only the fastest "
                        + Exact.plain(rest) + " % exceed",
                at,
                offer + ", if " + p + " % of the requests must be at least this fast",
                Optional.of(metric.word() + " " + offer + " " + comparator.symbol()));
    }

    private double number() {
        int at = cursor.position();
        String digits = cursor.take(c -> isDigit(c) || c == '.' || c == ',');
        if (digits.isEmpty()) {
            throw mistake("a limit is missing, found " + cursor.found(), at, NUMBER);
        }
        int after = cursor.position();
        String exponent = cursor.take(c -> "eE+-".indexOf(c) >= 0 || isDigit(c));
        if (exponent.matches("[eE][+-]?\\d+")) {
            throw mistake("no exponent is read: \"" + digits + exponent + "\"", at, NUMBER);
        }
        cursor.backTo(after);
        if (!digits.matches("\\d+(\\.\\d+)?|\\d{1,3}(,\\d{3})+(\\.\\d+)?")) {
            throw mistake(
                    "not a number: \"" + digits + "\"",
                    at,
                    NUMBER + " (the decimal mark is a point, a comma sets off thousands)");
        }
        return Exact.number(digits.replace(",", ""))
                .orElseThrow(() -> mistake("too many digits: \"" + digits + "\"", at, "at most 15 digits"));
    }

    private Unit unit(Metric metric) {
        int at = cursor.position();
        String first = cursor.take(c -> c == '%' || c == '$');
        String text = first.isEmpty()
                ? cursor.take(c -> Character.isLetterOrDigit(c) || c == '/' || c == '°' || c == '_')
                : first;
        List<String> fitting = Unit.symbolsOf(metric);
        if (text.isEmpty()) {
            throw mistake("a unit is missing, found " + cursor.found(), at, units(metric));
        }
        return Unit.ofSymbol(text)
                .orElseThrow(() ->
                        mistake("unknown unit \"" + text + "\"", at, units(metric), Words.nearest(text, fitting)));
    }

    private boolean ofBaseline() {
        int before = cursor.position();
        cursor.skipBlanks();
        if (!cursor.take(BudgetReader::isWordPart).toLowerCase(Locale.ROOT).equals("of")) {
            cursor.backTo(before);
            return false;
        }
        int at = cursor.skipBlanks();
        String word = cursor.take(BudgetReader::isWordPart);
        if (!word.toLowerCase(Locale.ROOT).equals("baseline")) {
            cursor.backTo(at);
            throw mistake(
                    "a percentage can only be of the baseline, but found " + cursor.found(),
                    at,
                    "\"baseline\"",
                    Words.nearest(word, List.of("baseline")));
        }
        return true;
    }

    private void requireFit(Metric metric, Unit unit, int at) {
        if (!unit.fits(metric)) {
            throw mistake("the unit \"" + unit.symbol() + "\" does not fit " + metric.word(), at, units(metric));
        }
    }

    private void requirePossible(Metric metric, double limit, int at) {
        // throughput per user may well grow for a few levels, so only this ratio can exceed 100 %
        if (metric.kind() == Metric.Kind.RATIO && metric != Metric.SCALING_EFFICIENCY && limit > 100) {
            throw mistake(
                    metric.word() + " cannot exceed 100 %, but the limit is " + Exact.plain(limit) + " %",
                    at,
                    "a percentage from 0 to 100");
        }
    }

    private void requireEnd() {
        int at = cursor.skipBlanks();
        if (!cursor.atEnd()) {
            throw mistake(
                    "unexpected " + cursor.found() + " after the limit", at, "nothing more: one " + kind + " a text");
        }
    }

    private static String units(Metric metric) {
        return "the unit " + String.join(" or ", Unit.symbolsOf(metric)) + ", or \"% of baseline\"";
    }

    private static boolean isWordPart(int c) {
        return Character.isLetterOrDigit(c) || c == '_' || c == '-' || c == '.';
    }

    private static boolean isDigit(int c) {
        return c >= '0' && c <= '9';
    }

    private BudgetSyntaxException mistake(String problem, int at, String expected) {
        return mistake(problem, at, expected, Optional.empty());
    }

    private BudgetSyntaxException mistake(String problem, int at, String expected, Optional<String> nearest) {
        return new BudgetSyntaxException(kind, problem, source, cursor.text(), at, expected, nearest);
    }
}
