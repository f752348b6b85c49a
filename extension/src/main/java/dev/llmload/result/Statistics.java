package dev.llmload.result;

/**
 * How a test body reads a distribution: with the failed requests, which rank behind every value, or of the successes alone.
 *
 * @param metric whose distribution it is
 * @param distribution the values
 * @param countFailures whether failed requests have a rank
 */
record Statistics(Metric metric, Distribution distribution, boolean countFailures) {
    boolean isPresent() {
        return distribution.isPresent();
    }

    String absentReason() {
        return distribution.absentReason();
    }

    Statistics ofSuccesses() {
        return new Statistics(metric, distribution, false);
    }

    long count() {
        return distribution.count();
    }

    double mean() {
        return present().mean();
    }

    double min() {
        return countFailures ? ranked("min", Double.MIN_VALUE) : present().min();
    }

    double max() {
        return countFailures ? ranked("max", 100) : present().max();
    }

    double percentile(double p) {
        return countFailures ? ranked("p" + plain(p), p) : present().percentile(p);
    }

    private double ranked(String statistic, double p) {
        Distribution values = distribution.isRanked() ? distribution : present();
        return values.ranked(metric, p).orElseThrow(() -> new FailedRequestError(metric, statistic, values));
    }

    private Distribution present() {
        if (!distribution.isPresent()) {
            throw new AbsentMetricException(metric.word() + " was not measured: " + distribution.absentReason());
        }
        return distribution;
    }

    private static String plain(double p) {
        return p == Math.rint(p) ? Long.toString((long) p) : Double.toString(p);
    }
}
