package dev.llmload.gpu;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.llmload.spi.GpuFacts;
import dev.llmload.spi.GpuReadings;
import dev.llmload.spi.TelemetrySource;
import dev.llmload.spi.TelemetrySourceProvider;
import dev.llmload.spi.TelemetryUnavailableException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class TelemetrySourcesTests {
    private final List<String> events = new ArrayList<>();

    private TelemetrySourceProvider works(String name) {
        return new TelemetrySourceProvider() {
            @Override
            public String name() {
                return name;
            }

            @Override
            public TelemetrySource open() {
                events.add("open " + name);
                return new Named(name);
            }
        };
    }

    private TelemetrySourceProvider fails(String name, String reason) {
        return new TelemetrySourceProvider() {
            @Override
            public String name() {
                return name;
            }

            @Override
            public TelemetrySource open() throws TelemetryUnavailableException {
                events.add("open " + name);
                throw new TelemetryUnavailableException(reason);
            }
        };
    }

    private final class Named implements TelemetrySource {
        private final String name;

        Named(String name) {
            this.name = name;
        }

        @Override
        public String name() {
            return name;
        }

        @Override
        public List<GpuFacts> devices() {
            return List.of(Gpus.facts(Gpus.A), Gpus.facts(Gpus.B));
        }

        @Override
        public List<String> notes() {
            return List.of();
        }

        @Override
        public void read(GpuReadings readings) {}

        @Override
        public void close() {
            events.add("close " + name);
        }
    }

    @Test
    void auto_takesTheFirstThatWorks_andSaysWhyNotTheOnesBefore() {
        try (TelemetrySources sources =
                new TelemetrySources(List.of(fails("nvml", "no library"), works("nvidia-smi"), works("other")))) {
            TelemetryChoice choice = sources.choose(TelemetrySources.AUTO);
            assertThat(choice.source().orElseThrow().name()).isEqualTo("nvidia-smi");
            assertThat(choice.reason()).isEqualTo("nvml: no library");
        }
        assertThat(events).containsExactly("open nvml", "open nvidia-smi", "close nvidia-smi");
    }

    @Test
    void firstChoice_needsNoReason() {
        try (TelemetrySources sources = new TelemetrySources(List.of(works("nvml"), works("nvidia-smi")))) {
            assertThat(sources.choose(TelemetrySources.AUTO).reason()).isEmpty();
        }
    }

    @Test
    void noneThatWorks_saysWhyOfEach() {
        try (TelemetrySources sources =
                new TelemetrySources(List.of(fails("nvml", "no library"), fails("nvidia-smi", "no program")))) {
            TelemetryChoice choice = sources.choose(TelemetrySources.AUTO);
            assertThat(choice.source()).isEmpty();
            assertThat(choice.reason()).isEqualTo("nvml: no library; nvidia-smi: no program");
        }
    }

    @Test
    void named_triesNoOther() {
        try (TelemetrySources sources =
                new TelemetrySources(List.of(fails("nvml", "no library"), works("nvidia-smi")))) {
            assertThat(sources.choose("nvml").source()).isEmpty();
            assertThat(sources.choose("nvml").reason()).isEqualTo("nvml: no library");
        }
        assertThat(events).containsExactly("open nvml");
    }

    @Test
    void sourceIsOpenedOnce_andClosedOnce() {
        TelemetrySources sources = new TelemetrySources(List.of(works("nvml")));
        assertThat(sources.choose("nvml").source())
                .isEqualTo(sources.choose(TelemetrySources.AUTO).source());
        sources.close();
        sources.close();
        assertThat(events).containsExactly("open nvml", "close nvml");
        assertThatThrownBy(() -> sources.choose("nvml")).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void unknownName_isRefusedWithThoseThereAre() {
        try (TelemetrySources sources = new TelemetrySources(List.of(works("nvml")))) {
            assertThatThrownBy(() -> sources.choose("nvlm"))
                    .hasMessage("a telemetry source must be auto or one of [nvml], but was \"nvlm\"");
        }
    }
}
