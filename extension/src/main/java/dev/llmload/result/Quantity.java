package dev.llmload.result;

/**
 * A single number that may be absent, with the reason. In base units: a fraction for ratios, tok/s, req/s, W, J.
 * Immutable.
 */
public final class Quantity {
    private final Metric metric;
    private final double value;
    private final String absentReason;

    private Quantity(Metric metric, double value, String absentReason) {
        this.metric = metric;
        this.value = value;
        this.absentReason = absentReason;
    }

    /** A measured value. */
    public static Quantity of(Metric metric, double value) {
        if (!Double.isFinite(value)) {
            throw new IllegalArgumentException(metric.word() + " must be a finite number, but was " + value);
        }
        return new Quantity(metric, value, "");
    }

    /** Not measured, and why. */
    public static Quantity absent(Metric metric, String reason) {
        if (reason.isBlank()) {
            throw new IllegalArgumentException("an absent " + metric.word() + " needs a reason");
        }
        return new Quantity(metric, Double.NaN, reason);
    }

    /** Whether it was measured. */
    public boolean isPresent() {
        return absentReason.isEmpty();
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
        return metric.word() + (isPresent() ? " " + value : " absent: " + absentReason);
    }
}
