package dev.llmload.junit.run;

import dev.llmload.gpu.GpuFigures;
import dev.llmload.gpu.GpuWindow;
import dev.llmload.junit.ComputeType;
import dev.llmload.junit.Reuse;
import dev.llmload.junit.declared.LoadTestSpec;
import dev.llmload.junit.declared.ModelSettings;
import dev.llmload.metric.LevelRecording;
import dev.llmload.metric.LoopRecorder;
import dev.llmload.model.DevicePeak;
import dev.llmload.model.DevicePeaks;
import dev.llmload.model.Efficiency;
import dev.llmload.model.Hardware;
import dev.llmload.result.LoadResult;
import dev.llmload.result.measured.Measurement;
import dev.llmload.result.request.RequestRecord;
import dev.llmload.spi.GpuFacts;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Adds to a level's result what its GPUs did and what share of their peak it used. Confined to the thread of the test. */
final class EfficiencyMeter {
    private final Optional<ModelSettings> model;
    private final GpuWatch gpus;
    private final boolean promptsMayRepeat;

    EfficiencyMeter(LoadTestSpec test, GpuWatch gpus) {
        this.model = test.telemetry().model();
        this.gpus = gpus;
        this.promptsMayRepeat = test.request().reuse() == Reuse.ALLOW;
    }

    /** The result with all of it. */
    LoadResult complete(LoadResult result, LevelRecording measurement) {
        Optional<GpuWindow> window = gpus.window(measurement.wholeRun(), result.window());
        GpuFigures figures = window.map(seen -> GpuFigures.of(seen, result, gpus.splitReason()))
                .orElseGet(() -> GpuFigures.absent(gpus.watches() ? "the run had no length" : gpus.reason()));
        LoadResult withGpu = Measurement.from(result)
                .gpu(window.map(GpuWindow::telemetry))
                .quantities(figures.quantities())
                .check(figures.check())
                .notes(figures.notes())
                .build();
        Efficiency efficiency = efficiency(withGpu, measurement);
        return Measurement.from(withGpu)
                .quantities(efficiency.quantities())
                .check(efficiency.check())
                .notes(efficiency.notes())
                .build();
    }

    /** Prompts that are meant to share their beginnings are repeated in part. */
    private boolean mayBeCached(List<RequestRecord> records) {
        return promptsMayRepeat
                || records.stream().anyMatch(record -> record.origin().shared() > 0);
    }

    private Efficiency efficiency(LoadResult result, LevelRecording measurement) {
        if (model.isEmpty()) {
            return Efficiency.absent(
                    "the model is not declared: @ModelUnderTest, or a key such as llmload.model.parameters");
        }
        List<RequestRecord> records = measurement.recorders().stream()
                .map(LoopRecorder::records)
                .flatMap(List::stream)
                .toList();
        if (result.requests().attempted() > 0 && records.size() >= LoopRecorder.EXACT_PER_LEVEL) {
            return Efficiency.absent("more requests were sent than are kept one by one");
        }
        try {
            return Efficiency.of(records, result, model.get().cost(), hardware(model.get()), mayBeCached(records));
        } catch (IllegalArgumentException e) {
            return Efficiency.absent(String.valueOf(e.getMessage()));
        }
    }

    private Hardware hardware(ModelSettings settings) {
        if (!gpus.splitReason().isEmpty()) {
            throw new IllegalArgumentException(gpus.splitReason());
        }
        int watched = gpus.devices().size();
        int count = settings.gpus() > 0 ? settings.gpus() : Math.max(1, watched);
        return new Hardware(count, peak(settings, device(settings)));
    }

    private String device(ModelSettings settings) {
        if (!settings.device().isEmpty()) {
            return settings.device();
        }
        Set<String> names = gpus.devices().stream()
                .map(GpuFacts::device)
                .map(device -> device.name())
                .collect(Collectors.toCollection(TreeSet::new));
        if (names.contains("")) {
            if (settings.peakTflops() > 0) {
                return "";
            }
            throw new IllegalArgumentException(gpus.teller()
                    + " does not name the GPU's model: set `device`, or `peakTflops`, of @ModelUnderTest");
        }
        if (names.size() > 1) {
            throw new IllegalArgumentException("the GPUs are not of one kind (" + String.join(", ", names)
                    + "), so that they have no common peak; select them with `devices` of @GpuTelemetry");
        }
        return String.join("", names);
    }

    private DevicePeak peak(ModelSettings settings, String device) {
        if (settings.peakTflops() == 0 && device.isEmpty()) {
            throw new IllegalArgumentException(
                    "no GPU is known (" + gpus.reason() + "); set `device`, or `peakTflops`, of @ModelUnderTest");
        }
        if (settings.computeType() == ComputeType.AUTO && settings.peakTflops() == 0) {
            throw new IllegalArgumentException(
                    "the model does not say in which format it is computed; set `computeType` of @ModelUnderTest");
        }
        OptionalDouble bandwidth = settings.bandwidthGBps() > 0
                ? OptionalDouble.of(settings.bandwidthGBps() * 1e9)
                : OptionalDouble.empty();
        if (settings.peakTflops() > 0) {
            return new DevicePeak(
                    device.isEmpty() ? "the declared GPU" : device,
                    settings.computeType(),
                    settings.peakTflops() * 1e12,
                    bandwidth,
                    "declared");
        }
        DevicePeak known = DevicePeaks.of(device, settings.computeType());
        return bandwidth.isEmpty()
                ? known
                : new DevicePeak(known.device(), known.computeType(), known.flops(), bandwidth, known.source());
    }

    /** For the line at the start: which peak MFU is a share of, or why there is none; empty if no model is declared. */
    Optional<String> peakInWords() {
        return model.map(settings -> {
            try {
                Hardware hardware = hardware(settings);
                DevicePeak peak = hardware.peak();
                String bandwidth = peak.bytesPerSecond().isPresent()
                        ? String.format(
                                Locale.ROOT,
                                ", %.0f GB/s",
                                peak.bytesPerSecond().getAsDouble() / 1e9)
                        : "";
                return String.format(
                        Locale.ROOT,
                        "peak for MFU: %d × %s, %s TFLOPS dense in %s%s (%s)",
                        hardware.gpus(),
                        peak.device(),
                        trimmed(peak.flops() / 1e12),
                        peak.computeType(),
                        bandwidth,
                        peak.source());
            } catch (IllegalArgumentException e) {
                return "MFU will not be measured: " + e.getMessage();
            }
        });
    }

    private static String trimmed(double value) {
        return BigDecimal.valueOf(value)
                .setScale(2, RoundingMode.HALF_UP)
                .stripTrailingZeros()
                .toPlainString();
    }
}
