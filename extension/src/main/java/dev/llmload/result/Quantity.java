package dev.llmload.result;

import java.util.OptionalDouble;
import org.apiguardian.api.API;

/**
 * A single number that may be absent, with the reason. {@link #value()} is in the base unit: a fraction for ratios, tok/s,
 * req/s, W, J, GB, °C, $; {@link #inUnit()} in {@link #unit()}, which differs for ratios alone. Immutable.
 *
 * @since 0.1
 */
@API(status = API.Status.STABLE, since = "0.1")
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

    /** Which metric it is. */
    public Metric metric() {
        return metric;
    }

    /** The unit that readers see, and of {@link #inUnit()}: {@code %}, {@code tok/s}, {@code W}. */
    public String unit() {
        return metric.kind().unit();
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

    /** The value in the base unit, or empty if there is none. */
    public OptionalDouble optional() {
        return isPresent() ? OptionalDouble.of(value) : OptionalDouble.empty();
    }

    /** The value in {@link #unit()}: 97.0 of %; throws {@link AbsentMetricException} with the reason if there is none. */
    public double inUnit() {
        return metric.kind().inUnit(value());
    }

    /** The value in the base unit; throws {@link AbsentMetricException} with the reason if there is none. */
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
