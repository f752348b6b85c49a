package dev.llmload.result;

/**
 * A single number that may be absent, with the reason. In base units: a fraction for ratios, tok/s, req/s, W, J.
 * Immutable.
 */
public final class Quantity {
    private final Metric metric;
    private final double value;
    private final boolean upperBound;
    private final String absentReason;

    private Quantity(Metric metric, double value, boolean upperBound, String absentReason) {
        this.metric = metric;
        this.value = value;
        this.upperBound = upperBound;
        this.absentReason = absentReason;
    }

    /** A measured value. */
    public static Quantity of(Metric metric, double value) {
        return of(metric, value, false);
    }

    /** A value that the true one does not exceed: it may fail a lower limit, never pass it. */
    public static Quantity atMost(Metric metric, double value) {
        return of(metric, value, true);
    }

    private static Quantity of(Metric metric, double value, boolean upperBound) {
        if (!Double.isFinite(value)) {
            throw new IllegalArgumentException(metric.word() + " must be a finite number, but was " + value);
        }
        return new Quantity(metric, value, upperBound, "");
    }

    /** Not measured, and why. */
    public static Quantity absent(Metric metric, String reason) {
        if (reason.isBlank()) {
            throw new IllegalArgumentException("an absent " + metric.word() + " needs a reason");
        }
        return new Quantity(metric, Double.NaN, false, reason);
    }

    /** Whether it was measured. */
    public boolean isPresent() {
        return absentReason.isEmpty();
    }

    /** Whether the true value may be lower: printed as {@code <=}. */
    public boolean isUpperBound() {
        return upperBound;
    }

    /** Why it is absent; empty if it is not. */
    public String absentReason() {
        return absentReason;
    }

    /** The value; throws {@link AbsentMetricException} with the reason if there is none. */
    public double value() {
        if (!isPresent()) {
            throw new AbsentMetricException(metric.word() + " was not measured: " + absentReason);
        }
        return value;
    }

    @Override
    public String toString() {
        return metric.word() + (isPresent() ? (upperBound ? " <= " : " ") + value : " absent: " + absentReason);
    }
}
