package dev.llmload.report;

import dev.llmload.analysis.CostPlan;
import dev.llmload.analysis.Projection;
import dev.llmload.analysis.SweepAnalysis;
import dev.llmload.result.Level;
import dev.llmload.result.LoadResult;
import dev.llmload.result.text.CountText;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** How much load to give an endpoint, and what that comes to in an hour, a day, and money. */
public final class SweepAdvice {
    private final TestReport test;
    private final SweepAnalysis analysis;

    public SweepAdvice(TestReport test, SweepAnalysis analysis) {
        this.test = test;
        this.analysis = analysis;
    }

    public List<String> sentences() {
        List<String> sentences = new ArrayList<>();
        capacity(sentences);
        analysis.overloaded()
                .ifPresent(result ->
                        sentences.add("overloaded from " + result.level().name() + " on: "
                                + Numbers.percent(Numbers.success(result.requests())) + " of its requests succeeded"));
        test.projection().ifPresent(projection -> projection(sentences, projection));
        cost(sentences);
        return sentences;
    }

    private void capacity(List<String> sentences) {
        Optional<LoadResult> capacity = analysis.capacity();
        if (capacity.isEmpty()) {
            sentences.add("no level holds all its budgets with at least 99 % success, so that none can be recommended");
            return;
        }
        String name = capacity.get().level().name();
        double users = capacity.get().level().offered();
        long low = (long) Math.floor(users * SweepAnalysis.HEADROOM_LOW);
        long high = (long) Math.floor(users * SweepAnalysis.HEADROOM_HIGH);
        boolean highest = capacity.get()
                .level()
                .equals(analysis.results().get(analysis.results().size() - 1).level());
        Optional<Level> saturated = analysis.saturatedLevel().filter(level -> level.offered() < users);
        sentences.add((saturated.isPresent() ? "capacity: " : "optimum: ") + name
                + ", the highest level at which all budgets hold with at least 99 % success"
                + (highest ? "; it is the highest tested, so that the capacity may be higher" : ""));
        saturated.ifPresent(level -> sentences.add(
                "optimum: " + level.name() + ", from which on more load adds latency and hardly any throughput"));
        if (saturated
                .filter(level -> level.offered() <= users * SweepAnalysis.HEADROOM_HIGH)
                .isPresent()) {
            return; // that has its headroom
        }
        String whole = saturated.isPresent() ? "the capacity" : "that";
        String unit = capacity.get().level().kind().unit();
        if (capacity.get().level().isOpen()) {
            sentences.add(
                    "headroom: run it at 70–80 % of " + whole + ", " + Numbers.plain(users * SweepAnalysis.HEADROOM_LOW)
                            + " to " + Numbers.plain(users * SweepAnalysis.HEADROOM_HIGH) + " " + unit);
        } else if (low >= 1 && high > low) {
            sentences.add("headroom: run it at 70–80 % of " + whole + ", " + low + " to " + high + " " + unit);
        }
    }

    private void projection(List<String> sentences, Projection projection) {
        String tokens = Double.isNaN(projection.tokensPerSecond())
                ? ""
                : ", " + large(projection.tokensPerHour()) + " tokens an hour, " + large(projection.tokensPerDay())
                        + " a day";
        sentences.add("at " + projection.level().name() + ": " + large(projection.requestsPerHour())
                + " requests an hour, " + large(projection.requestsPerDay()) + " a day" + tokens);
        projection
                .datasetHours()
                .ifPresent(hours -> sentences.add("a data set of "
                        + projection.plan().orElseThrow().dataset() + " requests takes " + duration(hours)));
        projection.gpusFor(1).ifPresent(gpus -> sentences.add(demand(projection, gpus)));
    }

    private static String demand(Projection projection, long gpus) {
        String text = projection.plan().flatMap(CostPlan::demand).orElseThrow().text();
        long roomy = projection.gpusFor(SweepAnalysis.HEADROOM_LOW).orElseThrow();
        String room = roomy == gpus ? "" : "; with headroom, at 70 % of it, " + gpus(projection, roomy);
        return text + " needs " + gpus(projection, gpus) + room
                + (roomy > projection.plan().orElseThrow().gpus() ? "; replicas are taken to scale, test that" : "");
    }

    private static String gpus(Projection projection, long gpus) {
        return CountText.of(gpus, "GPU") + ", " + money(projection.costPerDay(gpus)) + " a day";
    }

    private void cost(List<String> sentences) {
        List<String> costs = new ArrayList<>();
        boolean unreliable = false;
        for (LoadResult result : analysis.results()) {
            if (result.costPerMillion().isPresent()) {
                boolean failing = Numbers.success(result.requests()) < SweepAnalysis.OVERLOADED;
                unreliable |= failing;
                costs.add(money(result.costPerMillion().value()) + (failing ? "*" : "") + " at "
                        + result.level().name());
            }
        }
        if (!costs.isEmpty()) {
            sentences.add("a million tokens, input and output, cost " + String.join(", ", costs));
        }
        if (unreliable) {
            sentences.add("* below 95 % success a cost is too good: who needs those answers needs more GPUs");
        }
    }

    /** {@code 29376}, {@code 6.09 million}. */
    static String large(double value) {
        return value >= 1e9
                ? Numbers.plain(value / 1e9) + " billion"
                : value >= 1e6 ? Numbers.plain(value / 1e6) + " million" : Long.toString(Math.round(value));
    }

    /** {@code $55.20}, {@code $0.0052}: two decimals, or two digits that mean something. */
    public static String money(double value) {
        int decimals = value >= 1 || value == 0 ? 2 : (int) Math.max(2, 1 - Math.floor(Math.log10(value)));
        return "$" + Numbers.fixed(value, decimals);
    }

    private static String duration(double hours) {
        return hours >= 1 ? Numbers.plain(hours) + " hours" : Numbers.plain(hours * 60) + " minutes";
    }
}
