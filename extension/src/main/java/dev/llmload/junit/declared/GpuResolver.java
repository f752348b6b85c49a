package dev.llmload.junit.declared;

import dev.llmload.config.Durations;
import dev.llmload.config.Key;
import dev.llmload.gpu.GpuSampler;
import dev.llmload.gpu.prometheus.ExporterAddress;
import dev.llmload.junit.ComputeType;
import dev.llmload.junit.GpuTelemetry;
import dev.llmload.junit.ModelUnderTest;
import dev.llmload.model.ModelCost;
import dev.llmload.model.ModelCosts;
import java.lang.reflect.Method;
import java.net.URI;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/** Resolves {@link GpuTelemetry} and {@link ModelUnderTest} of a load test. */
final class GpuResolver {
    private static final String GPU = "@GpuTelemetry";
    private static final String MODEL = "@ModelUnderTest";

    @GpuTelemetry
    @ModelUnderTest
    private static final class Defaults {}

    private final Settings settings;
    private final Method method;
    private final List<Class<?>> classes;

    GpuResolver(Settings settings, Method method, List<Class<?>> classesInnermostFirst) {
        this.settings = settings;
        this.method = method;
        this.classes = classesInnermostFirst;
    }

    /**
     * All of it.
     *
     * @param loader of the model's configuration, where that is on the class path
     */
    LoadTestSpec.Telemetry resolve(ClassLoader loader) {
        return new LoadTestSpec.Telemetry(telemetry(), model(loader));
    }

    private Optional<GpuSettings> telemetry() {
        NearestMembers<GpuTelemetry> members =
                new NearestMembers<>(GpuTelemetry.class, Defaults.class, method, classes);
        GpuSource source = settings.value(
                Key.GPU_SOURCE,
                members.nearest(GpuTelemetry::source),
                GPU,
                GpuSource.AUTO,
                text -> GpuSource.parse(text, classes.get(0).getClassLoader()));
        Optional<URI> dcgm = settings.value(
                Key.GPU_DCGM,
                members.nearest(GpuTelemetry::dcgm),
                GPU,
                Optional.empty(),
                text -> text.isBlank() ? Optional.empty() : Optional.of(ExporterAddress.parse(text)));
        boolean wanted = members.present()
                || settings.configuration().get(Key.GPU_SOURCE).isPresent()
                || settings.configuration().get(Key.GPU_DCGM).isPresent();
        GpuSettings gpu = new GpuSettings(
                source,
                dcgm,
                settings.flag(Key.GPU_REQUIRED, members.nearest(GpuTelemetry::required), GPU),
                settings.value(
                        Key.GPU_PERIOD,
                        members.nearest(GpuTelemetry::period),
                        GPU,
                        GpuSampler.DEFAULT_PERIOD,
                        GpuResolver::period),
                settings.value(
                        Key.GPU_DEVICES,
                        String.join(",", members.<List<String>>nearest(annotation -> List.of(annotation.devices()))),
                        GPU,
                        List.of(),
                        GpuResolver::list),
                settings.value(Key.GPU_LIBRARY, members.nearest(GpuTelemetry::library), GPU, "", String::strip),
                settings.flag(Key.GPU_MIG, members.nearest(GpuTelemetry::mig), GPU));
        if (dcgm.isPresent() && source.isCertain()) {
            settings.mistakes()
                    .add("`dcgm` of " + GPU + " contradicts its `source`, which is " + source
                            + ": leave one of them out");
        }
        if (source.isNone() && gpu.required()) {
            settings.mistakes().add("`required` of " + GPU + " contradicts its `source`, which is none");
        }
        return wanted && !source.isNone() ? Optional.of(gpu) : Optional.empty();
    }

    private Optional<ModelSettings> model(ClassLoader loader) {
        NearestMembers<ModelUnderTest> members =
                new NearestMembers<>(ModelUnderTest.class, Defaults.class, method, classes);
        double flops = number(Key.FLOPS_PER_TOKEN, members.nearest(ModelUnderTest::flopsPerToken));
        double parameters = number(Key.PARAMETERS, members.nearest(ModelUnderTest::parameters));
        int bits = settings.wholeNumber(Key.KV_CACHE_BITS, members.nearest(ModelUnderTest::kvCacheBits), MODEL, 1);
        Optional<ModelCost> fromConfig = settings.value(
                Key.MODEL_CONFIG,
                members.nearest(ModelUnderTest::config),
                MODEL,
                Optional.empty(),
                text -> text.isBlank()
                        ? Optional.empty()
                        : Optional.of(new ModelFiles(loader).cost(text.strip(), bits)));
        Optional<ModelCost> cost = flops > 0
                ? Optional.of(ModelCosts.ofFlopsPerToken(
                        flops, parameters > 0 ? OptionalDouble.of(parameters) : OptionalDouble.empty()))
                : parameters > 0 ? Optional.of(ModelCosts.ofParameters(parameters)) : fromConfig;
        ComputeType declared = settings.choice(Key.COMPUTE_TYPE, members.nearest(ModelUnderTest::computeType), MODEL);
        String device = settings.value(Key.DEVICE, members.nearest(ModelUnderTest::device), MODEL, "", String::strip);
        double peak = number(Key.PEAK_TFLOPS, members.nearest(ModelUnderTest::peakTflops));
        double bandwidth = number(Key.BANDWIDTH, members.nearest(ModelUnderTest::bandwidthGBps));
        int gpus = settings.wholeNumber(Key.GPUS, members.nearest(ModelUnderTest::gpus), MODEL, 0);
        if (members.present() && cost.isEmpty() && settings.mistakes().none()) {
            settings.mistakes()
                    .add(MODEL + " must say what the model costs: set `config` (its Hugging Face config.json), "
                            + "`parameters` or `flopsPerToken`");
        }
        return cost.map(known -> new ModelSettings(
                known, declared == ComputeType.AUTO ? known.computeType() : declared, device, peak, bandwidth, gpus));
    }

    private double number(Key key, double annotated) {
        return settings.value(key, Double.toString(annotated), MODEL, 0.0, NumberReader::atLeastNothing);
    }

    private static Duration period(String text) {
        Duration period = Durations.parse(text);
        if (period.compareTo(GpuSampler.MIN_PERIOD) < 0) {
            throw new IllegalArgumentException("must be at least " + GpuSampler.MIN_PERIOD.toMillis()
                    + " ms, because drivers do not refresh their values more often, but was `" + text + "`");
        }
        return period;
    }

    private static List<String> list(String text) {
        return Arrays.stream(text.split(","))
                .map(String::strip)
                .filter(part -> !part.isEmpty())
                .toList();
    }
}
