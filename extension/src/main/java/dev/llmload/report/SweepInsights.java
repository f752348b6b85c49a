package dev.llmload.report;

import dev.llmload.analysis.SaturationFit;
import dev.llmload.analysis.Sweep;
import dev.llmload.analysis.SweepAnalysis;
import dev.llmload.result.Metric;
import dev.llmload.result.text.CountText;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What a sweep teaches, in sentences: where throughput stops to grow, which level is best at what, how much load to give
 * it, what that costs. It says what can be known from the levels tested, and why no more.
 */
public final class SweepInsights {
    /** A heading and its sentences. */
    public record Section(String title, List<String> sentences) {}

    private final TestReport test;
    private final SweepAnalysis analysis;
    private final String highest;

    private SweepInsights(TestReport test) {
        this.test = test;
        this.analysis = test.analysis();
        this.highest =
                analysis.results().get(analysis.results().size() - 1).level().name();
    }

    /** The sections that have anything to say; none for fewer than two levels. */
    public static List<Section> of(TestReport test) {
        if (test.levels().size() < 2) {
            return List.of();
        }
        SweepInsights insights = new SweepInsights(test);
        List<Section> sections = new ArrayList<>();
        sections.add(new Section("SATURATION", insights.saturation()));
        sections.add(new Section("BEST LEVEL", insights.best()));
        sections.add(new Section("RECOMMENDATION", new SweepAdvice(test, insights.analysis).sentences()));
        sections.removeIf(section -> section.sentences().isEmpty());
        return sections;
    }

    private List<String> saturation() {
        List<String> sentences = new ArrayList<>();
        sentences.add(measured());
        analysis.diminishing()
                .filter(step -> step.gainPerUser() >= 0)
                .ifPresent(step -> sentences.add("diminishing returns: " + between(step) + " adds "
                        + distinct(step.gainPerUser(), analysis.rules().diminishingTokens())
                        + " tok/s per added "
                        + analysis.results().get(0).level().kind().one() + ", below "
                        + Numbers.trim(analysis.rules().diminishingTokens(), 3)));
        if (analysis.fit().isEmpty()) {
            sentences.add("no curve was fitted: " + analysis.noFit());
            return sentences;
        }
        SaturationFit fit = analysis.fit().get();
        sentences.add("fitted T(u) = Vmax·u/(K + u): Vmax " + Numbers.plain(fit.vmax()) + " tok/s (95 % "
                + FitText.range(fit.vmax95()) + "), K " + FitText.users(fit.k()) + " users (95 % "
                + FitText.range(fit.k95()) + "), R² " + Numbers.fixed(fit.rSquared(), 4) + ", "
                + CountText.of(fit.degreesOfFreedom(), "degree") + " of freedom"
                + (fit.isIndicative()
                        ? ": indicative only, with fewer than " + SaturationFit.ENOUGH_LEVELS + " levels"
                        : ""));
        analysis.shareOfMaximum()
                .ifPresent(share -> sentences.add("current status: the best level has " + Numbers.percent(share)
                        + " of that maximum" + (fit.vmax95().isBounded() ? "" : ", which the levels do not bound")));
        sentences.add(FitText.outlook(analysis, fit));
        return sentences;
    }

    private String measured() {
        Optional<Sweep.Step> step = analysis.saturation();
        String rule = Numbers.trim(analysis.rules().saturationGain() * 100, 2) + " %";
        if (step.isEmpty()) {
            boolean compared = analysis.sweep().steps().stream().anyMatch(s -> !Double.isNaN(s.gainOverPrevious()));
            return compared
                    ? "no saturation seen up to " + highest + ": no step gains less than " + rule
                    : "not measured: no two neighbouring levels have a throughput";
        }
        double gain = step.get().gainOverPrevious() * 100;
        return "throughput saturates at " + before(step.get()).level().name() + ": " + between(step.get())
                + (gain < 0
                        ? " loses " + Numbers.signed(-gain, "%").substring(1)
                        : " gains only " + Numbers.signed(gain, "%") + ", less than " + rule);
    }

    private List<String> best() {
        List<String> sentences = new ArrayList<>();
        best(sentences, Metric.THROUGHPUT, "throughput", 1, " tok/s");
        analysis.bestPerUser()
                .ifPresent(step -> sentences.add("tok/s per user: " + Numbers.plain(step.perUser()) + " at "
                        + step.level().name()
                        + (isLowest(step) ? " (the fewest users, as wherever throughput levels off)" : "")));
        best(sentences, Metric.TOKENS_PER_JOULE, "tokens per joule", 1, " tok/J (tok/W)");
        best(sentences, Metric.MFU, "MFU", 100, " %");
        return sentences;
    }

    private void best(List<String> sentences, Metric metric, String name, double times, String unit) {
        analysis.best(metric)
                .ifPresent(result -> sentences.add(name + ": "
                        + Numbers.plain(result.quantity(metric).value() * times) + unit + " at "
                        + result.level().name()));
    }

    private boolean isLowest(Sweep.Step step) {
        return step.equals(analysis.sweep().steps().get(0));
    }

    /** {@code 50 → 100 users}. */
    public static String between(Sweep.Step from, Sweep.Step to) {
        return from.level().amount() + " → " + to.level().name();
    }

    private String between(Sweep.Step step) {
        return between(before(step), step);
    }

    private Sweep.Step before(Sweep.Step step) {
        List<Sweep.Step> steps = analysis.sweep().steps();
        return steps.get(Math.max(0, steps.indexOf(step) - 1));
    }

    // So many digits that a value below its limit does not look like the limit: 9.994, not 10.0.
    private static String distinct(double value, double limit) {
        int decimals = 1;
        while (decimals < 6 && Double.parseDouble(Numbers.fixed(value, decimals)) == limit) {
            decimals++;
        }
        return Numbers.fixed(value, decimals);
    }
}
