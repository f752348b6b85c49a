package dev.llmload.junit.run;

import dev.llmload.budget.baseline.Circumstances;
import dev.llmload.junit.declared.LoadTestSpec;
import dev.llmload.load.plan.OfferedLoad;
import dev.llmload.result.GpuMeasurement;
import dev.llmload.result.Level;
import dev.llmload.result.LoadResult;
import dev.llmload.simulator.SimulatorSettings;
import java.net.URI;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Puts into words under what a level was measured. Holds no secret. */
final class TestCircumstances {
    private TestCircumstances() {}

    static Circumstances of(LoadTestSpec test, RunSettings settings, LoadResult result, String server) {
        Map<String, String> subject = new TreeMap<>();
        subject.put("model", result.subject().model());
        put(subject, "release", settings.release());
        put(subject, "server", server);
        settings.labels().forEach((name, value) -> put(subject, "label " + name, value));
        // A simulator's port is another one each time.
        String host = Objects.requireNonNullElse(
                URI.create(result.subject().endpoint()).getHost(), "");
        put(subject, "host", result.subject().simulated() ? "" : host);
        put(
                subject,
                "simulator",
                test.endpoint().simulator().map(SimulatorSettings::profile).orElse(""));

        Map<String, String> conditions = new TreeMap<>();
        conditions.put("load", load(test, result.level()));
        conditions.put("prompts", "sha256 " + test.request().prompts().sha256());
        conditions.put("reuse", test.request().reuse().name());
        conditions.put("max tokens", Integer.toString(test.request().settings().maxTokens()));
        conditions.put("temperature", Double.toString(test.request().settings().temperature()));
        put(conditions, "extra body", test.request().settings().extraBody());
        conditions.put("window", result.window().kind().word());
        conditions.put("simulated", Boolean.toString(result.subject().simulated()));
        conditions.put("gpu", result.gpu().map(TestCircumstances::gpus).orElse("not watched"));
        return new Circumstances(subject, conditions);
    }

    private static String load(LoadTestSpec test, Level level) {
        OfferedLoad load = test.load().at(level).load();
        return Stream.concat(Stream.of(load.kind(), level.name()), load.details().stream())
                .collect(Collectors.joining(", "));
    }

    private static String gpus(GpuMeasurement telemetry) {
        Map<String, Long> counts = telemetry.devices().stream()
                .collect(Collectors.groupingBy(use -> use.device().name(), TreeMap::new, Collectors.counting()));
        return counts.entrySet().stream()
                .map(entry -> entry.getValue() + " × " + entry.getKey())
                .collect(Collectors.joining(", "));
    }

    private static void put(Map<String, String> map, String name, String value) {
        if (!value.isEmpty()) {
            map.put(name, value);
        }
    }
}
