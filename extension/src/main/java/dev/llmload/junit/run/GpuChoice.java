package dev.llmload.junit.run;

import dev.llmload.gpu.TelemetrySources;
import dev.llmload.junit.Api;
import dev.llmload.junit.declared.GpuSettings;
import dev.llmload.junit.declared.LoadTestSpec;
import dev.llmload.load.preflight.EndpointUnusableException;
import dev.llmload.protocol.ApiUrl;
import dev.llmload.result.Metric;
import dev.llmload.simulator.Simulator;
import java.util.Optional;
import org.junit.jupiter.api.extension.ExtensionConfigurationException;

/** Decides whose GPUs a load test watches: the simulator's, those of a DCGM exporter, this host's, or none. */
final class GpuChoice {
    private GpuChoice() {}

    /**
     * The watch, begun.
     *
     * @throws EndpointUnusableException if there is no telemetry and the test requires it
     */
    static GpuWatch of(LoadTestSpec test, ApiUrl endpoint, Optional<Simulator> simulator, RunSession run) {
        if (test.telemetry().gpu().isEmpty()) {
            return GpuWatch.none("nobody watches the GPUs: @GpuTelemetry, or the key llmload.gpu.source");
        }
        GpuSettings settings = test.telemetry().gpu().get();
        GpuWatch watch = watch(test, settings, endpoint, simulator, run);
        if (settings.required() && !watch.watches()) {
            throw new EndpointUnusableException(
                    test.displayName() + " requires GPU telemetry, but there is none: " + watch.reason());
        }
        return watch;
    }

    private static GpuWatch watch(
            LoadTestSpec test, GpuSettings settings, ApiUrl endpoint, Optional<Simulator> simulator, RunSession run) {
        try {
            if (simulator.isPresent()) {
                return GpuWatch.begin(simulator.get().gpu(), settings, "");
            }
            if (settings.source().plugged().isPresent()) {
                return GpuWatch.of(
                        run.telemetry()
                                .plugged(settings.source().plugged().get())
                                .choose(settings.source().name()),
                        settings);
            }
            if (settings.dcgm().isPresent()) {
                return GpuWatch.of(
                        run.telemetry().exporter(settings.dcgm().get()).choose(TelemetrySources.AUTO), settings);
            }
            if (!LocalHost.serves(endpoint.of(Api.CHAT))) {
                return GpuWatch.none("the GPU is on another host: set dcgm");
            }
            return GpuWatch.of(
                    run.telemetry()
                            .host(settings.library())
                            .choose(settings.source().name()),
                    settings);
        } catch (IllegalArgumentException e) {
            throw new ExtensionConfigurationException(
                    test.displayName() + ": `devices` of @GpuTelemetry " + e.getMessage());
        }
    }

    /** Says what was found, once per test, where anybody asked for it. */
    static void announce(LoadTestSpec test, GpuWatch gpus, EfficiencyMeter meter, RunSession run) {
        if (test.telemetry().gpu().isPresent()) {
            run.events().said(gpus.toString());
            gpus.notes().forEach(run.events()::said);
        }
        boolean budgeted = test.judgement().budgets().stream()
                .anyMatch(budget -> budget.metric().source() == Metric.Source.MODEL);
        if (test.telemetry().gpu().isPresent() || budgeted) {
            meter.peakInWords().ifPresent(run.events()::said);
        }
    }
}
