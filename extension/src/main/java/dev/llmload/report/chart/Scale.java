package dev.llmload.report.chart;

/** How the values of an axis are stretched. Strictly rising over the values it accepts. */
public enum Scale {
    /** As they are. */
    LINEAR {
        @Override
        double stretch(double value) {
            return value;
        }
    },
    /** By their logarithm: equal ratios are equal distances. Values above 0 only. */
    LOG {
        @Override
        double stretch(double value) {
            return Math.log10(Math.max(value, Double.MIN_NORMAL));
        }
    },
    /**
     * Percentiles, 0 up to but not 100, by ln(1 / (1 − p/100)), as HdrHistogram plots them: 90, 99 and 99.9 are equally
     * far apart.
     */
    PERCENTILE {
        @Override
        double stretch(double value) {
            return -Math.log1p(-Math.min(value, 99.99999) / 100);
        }
    };

    abstract double stretch(double value);
}
