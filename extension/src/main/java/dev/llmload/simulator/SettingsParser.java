package dev.llmload.simulator;

import dev.llmload.config.Nearest;
import dev.llmload.simulator.engine.EngineModel;
import dev.llmload.simulator.engine.GpuModel;
import dev.llmload.simulator.settings.Replicas;
import dev.llmload.simulator.settings.SimulatorFaults;
import dev.llmload.simulator.settings.SimulatorTiming;
import dev.llmload.simulator.settings.SimulatorWire;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads {@code simulator:<profile>?key=value&…}: the profile's pairs, then the user's. */
final class SettingsParser {
    private static final Pattern FORM = Pattern.compile("simulator(?::([^?]*))?(?:\\?(.*))?", Pattern.DOTALL);

    private final String profile;
    private final Map<String, String> values;

    private SettingsParser(String profile) {
        if (!Profiles.names().contains(profile)) {
            throw new IllegalArgumentException("unknown profile \"" + profile + "\"; did you mean \""
                    + Nearest.to(profile, Profiles.names()) + "\"? Profiles: " + String.join(", ", Profiles.names()));
        }
        this.profile = profile;
        this.values = Profiles.values(profile);
    }

    static SimulatorSettings parse(String text) {
        String spec = text.strip();
        Matcher matcher = FORM.matcher(spec);
        if (!matcher.matches()) {
            throw new IllegalArgumentException("a simulator must be written simulator, simulator:<profile> or"
                    + " simulator:<profile>?key=value&..., but was \"" + spec + "\"");
        }
        String name = matcher.group(1) == null || matcher.group(1).isBlank()
                ? Profiles.DEFAULT
                : matcher.group(1).strip();
        try {
            SettingsParser parser = new SettingsParser(name);
            parser.give(matcher.group(2) == null ? "" : matcher.group(2));
            return parser.settings();
        } catch (IllegalArgumentException e) {
            // The key is a secret even here: it must not come back in a message.
            throw new IllegalArgumentException(
                    "\"" + spec.replaceAll("apiKey=[^&]*", "apiKey=***") + "\": " + e.getMessage(), e);
        }
    }

    private void give(String query) {
        Map<String, String> given = new LinkedHashMap<>();
        for (String pair : query.isEmpty() ? new String[0] : query.split("&", -1)) {
            int equals = pair.indexOf('=');
            if (equals < 1) {
                throw new IllegalArgumentException("each parameter must be key=value, but one is \"" + pair + "\"");
            }
            String key = pair.substring(0, equals).strip();
            if (!values.containsKey(key)) {
                throw new IllegalArgumentException("unknown parameter \"" + key + "\"; did you mean \""
                        + Nearest.to(key, values.keySet()) + "\"? Parameters: " + String.join(", ", values.keySet()));
            }
            if (given.put(key, pair.substring(equals + 1).strip()) != null) {
                throw new IllegalArgumentException("parameter \"" + key + "\" is given twice");
            }
        }
        values.putAll(given);
        refuseUseless(given.keySet());
    }

    /** A parameter that would change nothing is a mistake: its author believes that it does. */
    private void refuseUseless(Set<String> given) {
        boolean batching = new Parameters(values).batching("engine");
        for (String key : given) {
            if (batching && Profiles.timedOnly().contains(key)) {
                throw new IllegalArgumentException("parameter \"" + key + "\" does nothing in profile " + profile
                        + ", whose pace comes from a batching engine; its parameters: "
                        + String.join(", ", Profiles.engineOnly()));
            }
            if (!batching && Profiles.engineOnly().contains(key)) {
                throw new IllegalArgumentException("parameter \"" + key + "\" needs a batching engine, and profile "
                        + profile + " has none: add engine=batch, or take a profile that has one, such as small");
            }
        }
    }

    private SimulatorSettings settings() {
        Parameters p = new Parameters(values);
        EnumMap<Fault, Double> rates = new EnumMap<>(Fault.class);
        for (Fault fault : Fault.values()) {
            if (p.share(fault.key()) != 0) {
                rates.put(fault, p.share(fault.key()));
            }
        }
        return new SimulatorSettings(
                profile,
                p.string("model"),
                p.flag("anyModel"),
                p.string("apiKey"),
                p.longInteger("seed"),
                p.duration("slowStart"),
                timing(p),
                p.lengths("lengths"),
                p.batching("engine") ? Optional.of(engine(p)) : Optional.empty(),
                new Replicas(p.integer("replicas"), p.string("stickyHeader")),
                gpu(p),
                new SimulatorFaults(rates, p.integer("faultAfter"), p.integer("errorStatus"), p.duration("late")),
                new SimulatorWire(
                        p.flag("buffered"), p.flag("noUsage"), p.flag("rejectStreamOptions"), p.flag("cacheDetails")));
    }

    private static SimulatorTiming timing(Parameters p) {
        int[] tokens = p.range("tokens");
        return new SimulatorTiming(
                p.duration("ttft"),
                p.share("ttftJitter"),
                p.duration("ttftPerPromptToken"),
                p.duration("prefill"),
                p.duration("tpot"),
                p.share("tpotJitter"),
                p.share("tpotGrowth"),
                tokens[0],
                tokens[1],
                p.integer("tokensPerChunk"),
                p.integer("maxConcurrent"));
    }

    private static GpuModel gpu(Parameters p) {
        return new GpuModel(
                p.string("gpu"),
                p.decimal("gpuIdleWatts"),
                p.decimal("gpuActiveWatts"),
                p.decimal("gpuMaxWatts"),
                p.decimal("gpuMemoryGb") * 1e9,
                p.decimal("gpuModelGb") * 1e9,
                p.decimal("gpuKbPerToken") * 1024);
    }

    private static EngineModel engine(Parameters p) {
        return new EngineModel(
                p.integer("prefillRate"),
                p.integer("stepTokens"),
                p.duration("stepBase"),
                p.duration("perSequence"),
                p.duration("perContextToken"),
                p.integer("maxBatch"),
                p.integer("kvTokens"),
                p.integer("maxContext"),
                p.flag("prefixCache"),
                p.integer("prefixCacheTokens"));
    }
}
