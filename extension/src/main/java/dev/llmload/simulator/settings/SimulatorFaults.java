package dev.llmload.simulator.settings;

import dev.llmload.simulator.Fault;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;

/**
 * Which answers go wrong. A pre-flight (one token, not streamed) draws no fault.
 *
 * @param rates share of the requests that has each fault, 0 to 1, together at most 1; a fault that is not named never
 *     happens
 * @param after tokens that come before a stall, reset, truncation or stream error, at least 0; an answer that is
 *     shorter breaks one token before its end
 * @param errorStatus HTTP status of {@link Fault#ERROR}, 400 to 599
 * @param late how much later the first token of {@link Fault#LATE} comes, at least 0
 */
public record SimulatorFaults(Map<Fault, Double> rates, int after, int errorStatus, Duration late) {
    /**
     * Copies the map and checks each value.
     *
     * @param rates see above
     * @param after see above
     * @param errorStatus see above
     * @param late see above
     */
    public SimulatorFaults {
        double sum = 0;
        EnumMap<Fault, Double> ordered = new EnumMap<>(Fault.class);
        for (Map.Entry<Fault, Double> entry : rates.entrySet()) {
            Require.share(entry.getKey().key(), entry.getValue());
            ordered.put(entry.getKey(), entry.getValue());
            sum += entry.getValue();
        }
        Require.that(sum <= 1 + 1e-9, "the sum of all fault rates", "at most 1", sum);
        rates = java.util.Collections.unmodifiableMap(ordered);
        Require.atLeast("faultAfter", after, 0);
        Require.that(errorStatus >= 400 && errorStatus <= 599, "errorStatus", "from 400 to 599", errorStatus);
        Require.atLeast("late", late.toNanos(), 0);
    }
}
