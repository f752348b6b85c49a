package dev.llmload.simulator;

import dev.llmload.simulator.engine.EngineModel;
import dev.llmload.simulator.engine.GpuModel;
import dev.llmload.simulator.settings.Lengths;
import dev.llmload.simulator.settings.Replicas;
import dev.llmload.simulator.settings.Require;
import dev.llmload.simulator.settings.SimulatorFaults;
import dev.llmload.simulator.settings.SimulatorTiming;
import dev.llmload.simulator.settings.SimulatorWire;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import org.apiguardian.api.API;

/**
 * Everything that shapes the simulator. Immutable.
 *
 * @param profile name of the profile that it started from
 * @param model the model's name, as {@code /v1/models} lists it
 * @param anyModel whether requests for any other model are answered too, under the name that they gave
 * @param apiKey the key that requests to {@code /v1} must bear; empty for none
 * @param seed of everything that is drawn; the draws of a request depend on the seed and on the request's number in
 *     the order of arrival
 * @param slowStart how long after its start the simulator answers 503 "loading" to everything
 * @param timing how fast it answers without an engine, and how much in any case
 * @param lengths how the lengths of the answers are spread over the range in {@code timing}
 * @param engine the batching engine that answers; empty for answers timed one by one
 * @param replicas how many such engines there are, and which of them gets a request
 * @param gpu the GPU that it says to run on
 * @param faults which answers go wrong
 * @param wire how its answers differ from a plain server's
 * @since 0.1
 */
@API(status = API.Status.STABLE, since = "0.1")
public record SimulatorSettings(
        String profile,
        String model,
        boolean anyModel,
        String apiKey,
        long seed,
        Duration slowStart,
        @API(status = API.Status.INTERNAL) SimulatorTiming timing,
        @API(status = API.Status.INTERNAL) Lengths lengths,
        @API(status = API.Status.INTERNAL) Optional<EngineModel> engine,
        @API(status = API.Status.INTERNAL) Replicas replicas,
        @API(status = API.Status.INTERNAL) GpuModel gpu,
        @API(status = API.Status.INTERNAL) SimulatorFaults faults,
        @API(status = API.Status.INTERNAL) SimulatorWire wire) {

    /**
     * Checks what its parts do not check themselves.
     *
     * @param profile see above
     * @param model see above
     * @param anyModel see above
     * @param apiKey see above
     * @param seed see above
     * @param slowStart see above
     * @param timing see above
     * @param lengths see above
     * @param engine see above
     * @param replicas see above
     * @param gpu see above
     * @param faults see above
     * @param wire see above
     */
    @API(status = API.Status.INTERNAL)
    public SimulatorSettings {
        Require.that(!model.isBlank(), "model", "a name", "\"" + model + "\"");
        Require.atLeast("slowStart", slowStart.toNanos(), 0);
    }

    /**
     * Reads what a user writes in place of a URL: {@code simulator}, {@code simulator:<profile>} or
     * {@code simulator:<profile>?ttft=80ms&tokens=40..80&errorRate=10%}. The profiles {@code default}, {@code fast}
     * and {@code slow} time each answer by itself; {@code llama-3-8b-a40}, {@code h100-fast}, {@code small},
     * {@code release-a} and {@code release-b} are batching engines. What is not given comes from the profile.
     *
     * @param spec the text
     * @return the settings
     * @throws IllegalArgumentException if a profile, parameter or value is unknown; the message names the nearest
     */
    public static SimulatorSettings parse(String spec) {
        return SettingsParser.parse(spec);
    }

    /**
     * Whether a URL names the simulator rather than a server.
     *
     * @param url what the user wrote
     * @return true for {@code simulator}, and for it followed by {@code :} or {@code ?}
     */
    public static boolean isSimulator(String url) {
        return url.strip().matches("simulator([:?].*)?");
    }

    /**
     * The same under another model's name, so that a test written for a real model runs unchanged.
     *
     * @param name not blank
     * @return a copy
     */
    public SimulatorSettings withModel(String name) {
        return new SimulatorSettings(
                profile, name, anyModel, apiKey, seed, slowStart, timing, lengths, engine, replicas, gpu, faults, wire);
    }

    /** Everything but the key. */
    @Override
    public String toString() {
        return "simulator:" + profile + " model " + model + ", seed " + seed + ", "
                + engine.map(Object::toString).orElseGet(timing::toString)
                + (replicas.count() == 1 ? "" : ", " + replicas)
                + (engine.isPresent() ? ", " + timing.minTokens() + ".." + timing.maxTokens() + " tokens " : ", ")
                + lengths.name().toLowerCase(Locale.ROOT) + ", " + faults + ", "
                + wire + (apiKey.isEmpty() ? "" : ", with an API key");
    }
}
