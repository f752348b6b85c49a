package dev.llmload.report.chart;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.List;

/** Round numbers for axes. */
public final class Ticks {
    private static final double[] STEPS = {1, 2, 2.5, 5, 10};

    private Ticks() {}

    /**
     * Round, evenly spaced numbers from 0 up to the first that is not below the highest value.
     *
     * @param high highest value to show, above 0
     * @param about how many steps are wanted, at least 1
     */
    public static double[] linear(double high, int about) {
        double step = roundUp(high / about);
        int count = (int) Math.max(1, Math.ceil(high / step - 1e-9));
        double[] ticks = new double[count + 1];
        for (int i = 0; i <= count; i++) {
            ticks[i] = round(i * step);
        }
        return ticks;
    }

    /**
     * Numbers 1, 2, 5 of each decade; 1 and 3, or only the powers of ten, when the span is wide. The first is not
     * above the lowest value, the last not below the highest.
     *
     * @param low lowest value to show, above 0
     * @param high highest value to show, at least {@code low}
     */
    public static double[] log(double low, double high) {
        double decades = Math.log10(high / low);
        int[] marks = decades > 3.5 ? new int[] {1} : decades > 2 ? new int[] {1, 3} : new int[] {1, 2, 5};
        List<Double> ticks = new ArrayList<>();
        int first = (int) Math.floor(Math.log10(low)) - 1;
        int last = (int) Math.ceil(Math.log10(high)) + 1;
        for (int power = first; power <= last; power++) {
            for (int mark : marks) {
                double tick = round(mark * Math.pow(10, power));
                if (tick <= low * (1 + 1e-9)) {
                    ticks.clear();
                }
                ticks.add(tick);
                if (tick >= high * (1 - 1e-9) && ticks.size() > 1) {
                    return ticks.stream().mapToDouble(Double::doubleValue).toArray();
                }
            }
        }
        return ticks.stream().mapToDouble(Double::doubleValue).toArray();
    }

    private static double roundUp(double step) {
        double power = Math.pow(10, Math.floor(Math.log10(step)));
        for (double nice : STEPS) {
            if (step <= nice * power * (1 + 1e-9)) {
                return nice * power;
            }
        }
        return 10 * power;
    }

    // Twelve significant digits: takes the dust off 3 × 0.1.
    private static double round(double value) {
        return value == 0 ? 0 : new BigDecimal(value).round(new MathContext(12)).doubleValue();
    }
}
