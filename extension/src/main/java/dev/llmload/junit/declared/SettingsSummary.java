package dev.llmload.junit.declared;

import dev.llmload.budget.BudgetRule;
import dev.llmload.load.AbortRule;
import dev.llmload.load.wire.EndpointSettings;
import dev.llmload.load.wire.Timeouts;
import dev.llmload.protocol.ApiUrl;
import dev.llmload.protocol.BodySecrets;
import dev.llmload.result.Level;
import dev.llmload.result.request.Objective;
import dev.llmload.result.text.DurationText;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** What a load test was declared and configured to be, in words, for the metadata. Holds no secret. */
public final class SettingsSummary {
    private SettingsSummary() {}

    public static Map<String, String> of(LoadTestSpec test) {
        Map<String, String> settings = new LinkedHashMap<>();
        settings.put("levels", test.load().levels().stream().map(Level::name).collect(Collectors.joining(", ")));
        LoadTestSpec.Volume volume = test.load().volume();
        settings.put("requests", volume.requests() == 0 ? "open" : Integer.toString(volume.requests()));
        settings.put("requestsPerUser", Integer.toString(volume.requestsPerUser()));
        volume.duration().ifPresent(duration -> settings.put("duration", DurationText.of(duration)));
        List<LoadTestSpec.PlannedLevel> stages = test.load().planned().stream()
                .filter(level -> level.length().isPresent())
                .toList();
        if (!stages.isEmpty()) {
            settings.put(
                    "stages",
                    stages.stream()
                            .map(stage -> stage.level().name() + " "
                                    + DurationText.of(stage.length().orElseThrow()))
                            .collect(Collectors.joining(", ")));
        }
        settings.put("maxDuration", DurationText.of(volume.maxDuration()));
        if (!test.load().abortWhen().isEmpty()) {
            settings.put(
                    "abortWhen",
                    test.load().abortWhen().stream().map(AbortRule::text).collect(Collectors.joining("; ")));
        }
        if (!test.expectations().good().isEmpty()) {
            settings.put(
                    "good",
                    test.expectations().good().stream().map(Objective::text).collect(Collectors.joining(", ")));
        }
        test.expectations().answers().ifPresent(answers -> {
            settings.put("check", answers.check().getClass().getName());
            settings.put("checkShare", Double.toString(answers.share()));
        });
        settings.put("repeat", Integer.toString(volume.repeat()));
        settings.put("warmup", Integer.toString(test.load().preparation().warmup()));
        settings.put(
                "warmupConcurrency", Integer.toString(test.load().preparation().warmupConcurrency()));
        test.load().coolDown().ifPresent(limit -> settings.put("coolDown", DurationText.of(limit)));
        settings.put("reuse", test.request().reuse().name());
        settings.put("maxTokens", Integer.toString(test.request().settings().maxTokens()));
        settings.put("temperature", Double.toString(test.request().settings().temperature()));
        settings.put("seed", Long.toString(test.request().seed()));
        if (!test.request().settings().extraBody().isBlank()) {
            settings.put(
                    "extraBody",
                    test.endpoint()
                            .settings()
                            .secrets()
                            .redact(BodySecrets.shown(test.request().settings().extraBody())));
        }
        settings.put(
                "budgets",
                test.judgement().budgets().stream().map(BudgetRule::text).collect(Collectors.joining("; ")));
        test.telemetry().gpu().ifPresent(gpu -> gpu(settings, gpu));
        test.telemetry()
                .model()
                .ifPresent(
                        model -> settings.put("computeType", model.computeType().name()));
        endpoint(settings, test.endpoint().settings());
        return settings;
    }

    private static void gpu(Map<String, String> settings, GpuSettings gpu) {
        settings.put("gpuSource", gpu.source().name());
        gpu.dcgm().ifPresent(page -> settings.put("gpuExporter", ApiUrl.shown(page)));
        settings.put("gpuPeriod", DurationText.of(gpu.period()));
        settings.put("gpuDevices", gpu.devices().isEmpty() ? "busy" : String.join(", ", gpu.devices()));
        settings.put("gpuRequired", Boolean.toString(gpu.required()));
        settings.put("gpuMig", Boolean.toString(gpu.mig()));
        if (!gpu.library().isEmpty()) {
            settings.put("gpuLibrary", gpu.library());
        }
    }

    private static void endpoint(Map<String, String> settings, EndpointSettings endpoint) {
        settings.put("api", endpoint.api().name());
        settings.put("tokenCount", endpoint.tokenCount().name());
        if (!endpoint.headers().isEmpty()) {
            settings.put(
                    "headerNames", endpoint.headers().keySet().stream().sorted().collect(Collectors.joining(", ")));
        }
        Timeouts timeouts = endpoint.timeouts();
        settings.put(
                "timeouts",
                "connect " + DurationText.of(timeouts.connect()) + ", firstToken "
                        + DurationText.of(timeouts.firstToken()) + ", stall " + DurationText.of(timeouts.stall())
                        + ", total " + DurationText.of(timeouts.total()));
    }
}
