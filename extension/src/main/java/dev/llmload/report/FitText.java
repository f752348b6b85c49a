package dev.llmload.report;

import dev.llmload.analysis.Range;
import dev.llmload.analysis.SaturationFit;
import dev.llmload.analysis.SweepAnalysis;

/** What a fitted curve may be used for, in words. */
final class FitText {
    /** A level that a reader would type in is a round number. */
    private static final int ROUND = 10;

    private FitText() {}

    static String range(Range range) {
        return Numbers.plain(range.low()) + " to " + (range.isBounded() ? Numbers.plain(range.high()) : "unbounded");
    }

    /** A number of users, whole from 10 on. */
    static String users(double users) {
        return users >= 9.995 ? Numbers.fixed(users, 0) : Numbers.plain(users);
    }

    /** What the curve says beyond the levels, or why that is not said. */
    static String outlook(SweepAnalysis analysis, SaturationFit fit) {
        double users = fit.usersAt(0.95);
        double highest = fit.reach() / SaturationFit.REACH;
        if (analysis.isAboveRoofline()) {
            double roofline = analysis.roofline().orElseThrow();
            return "Vmax is above the roofline: the GPUs' arithmetic allows " + Numbers.plain(roofline)
                    + " tok/s of this model, so that the curve's end is not physical and nothing is predicted from it";
        }
        if (analysis.predictedUsers(0.95).isPresent()) {
            double at = Math.ceil(users);
            return users <= highest
                    ? "95 % of it lies within the levels, at " + users(at) + " users"
                    : "95 % of it is expected at " + users(at) + " users, with " + Numbers.plain(fit.at(users))
                            + " tok/s (95 % " + range(fit.band(users)) + ")";
        }
        String limit = "beyond " + users(fit.reach()) + " users, twice the highest level tested, nothing is predicted";
        if (analysis.saturation().isPresent()) {
            return limit
                    + "; a step measured here already gains too little: the levels are to be believed, not the curve";
        }
        return limit + ". What can be known next is a level up to " + users(next(fit))
                + " users, at most the server's batch limit";
    }

    /** The next level worth testing: twice the highest, rounded down to a number that one would type. */
    static double next(SaturationFit fit) {
        double reach = fit.reach();
        double step = Math.pow(10, Math.floor(Math.log10(reach)) - 1);
        return reach < ROUND ? Math.floor(reach) : Math.floor(reach / step) * step;
    }
}
