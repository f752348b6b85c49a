package dev.llmload.report.picture;

import dev.llmload.budget.LevelVerdict;
import dev.llmload.report.chart.Axis;
import dev.llmload.report.chart.Scale;
import dev.llmload.report.chart.Tick;
import java.util.Comparator;
import java.util.List;

/**
 * The levels of a sweep in rising order, and the horizontal axis that its panels share.
 *
 * @param levels at least one
 */
record SweepLevels(List<LevelVerdict> levels) {
    /** Levels further apart than this are spaced by the logarithm. */
    private static final double WIDE = 20;

    SweepLevels {
        levels = levels.stream()
                .sorted(Comparator.comparingDouble(SweepLevels::users))
                .toList();
    }

    Axis axis(double left, double right) {
        double low = users(levels.get(0));
        double high = users(levels.get(levels.size() - 1));
        List<Tick> ticks = levels.stream()
                .map(l -> new Tick(users(l), l.result().level().amount()))
                .distinct()
                .toList();
        return high / low > WIDE
                ? new Axis(Scale.LOG, low / 1.3, high * 1.2, left, right, ticks)
                : new Axis(Scale.LINEAR, 0, levels.size() == 1 ? high * 2 : high * 1.08, left, right, ticks);
    }

    static double users(LevelVerdict level) {
        return level.result().level().offered();
    }

    /** Title of the axis: what the levels are numbers of. */
    String unit() {
        return levels.get(0).result().level().kind().unit();
    }

    /** The amounts of the levels, in words. */
    List<String> amounts() {
        return levels.stream().map(level -> level.result().level().amount()).toList();
    }
}
