package dev.llmload.simulator.settings;

import dev.llmload.result.text.DurationText;
import java.time.Duration;

/** The checks of the settings. Each refusal names the parameter, the rule and the value. */
public final class Require {
    private Require() {}

    public static void share(String name, double value) {
        that(value >= 0 && value <= 1, name, "from 0 to 1 (or 0% to 100%)", value);
    }

    public static void atLeast(String name, long value, long least) {
        that(value >= least, name, "at least " + least, value);
    }

    public static void that(boolean holds, String name, String rule, Object value) {
        if (!holds) {
            Object shown = value instanceof Duration duration ? DurationText.of(duration) : value;
            throw new IllegalArgumentException(name + " must be " + rule + ", but was " + shown);
        }
    }
}
