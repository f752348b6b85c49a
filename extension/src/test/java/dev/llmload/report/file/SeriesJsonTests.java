package dev.llmload.report.file;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmload.result.GpuDevice;
import dev.llmload.result.GpuMeasurement;
import dev.llmload.result.GpuSample;
import dev.llmload.result.Level;
import dev.llmload.result.LoadResult;
import dev.llmload.result.ServerMeasurement;
import dev.llmload.result.Subject;
import dev.llmload.result.TimelinePoint;
import dev.llmload.result.Window;
import dev.llmload.result.measured.Measurement;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SeriesJsonTests {
    private static final long MS = 1_000_000L;
    private static final long ORIGIN = 5_000 * MS;
    private static final double NONE = Double.NaN;

    private static TimelinePoint point(int place, double tokens, long failures, double ttftMillis) {
        return new TimelinePoint(
                ORIGIN + place * 250 * MS, 250 * MS, tokens, 8.5, failures, ttftMillis * MS, ttftMillis * 2 * MS);
    }

    private static LoadResult level(List<TimelinePoint> points, GpuSample... samples) {
        Measurement.Builder result = Measurement.of(
                        new Subject("a.B#c", "http://gpu-host:8000", "m", false), Level.users(10))
                .window(new Window(
                        Window.Kind.STEADY, ORIGIN + 100 * MS, ORIGIN + 700 * MS, Duration.ofMillis(750), "the test"))
                .inFlightMean(8.5)
                .timeline(points);
        return samples.length == 0
                ? result.build()
                : result.gpu(Optional.of(new GpuMeasurement("nvml", List.of(), List.of(samples))))
                        .build();
    }

    private static GpuSample reading(long millis, GpuDevice device, double watts, double util, double celsius) {
        return new GpuSample(
                ORIGIN + millis * MS,
                device.uuid(),
                util,
                NONE,
                1e9,
                NONE,
                celsius,
                watts,
                NONE,
                NONE,
                NONE,
                NONE,
                NONE,
                "");
    }

    @Test
    void anEntryPerStretch_nullWhereNothingWasMeasured() {
        assertThat(SeriesJson.of(level(List.of(point(0, 12.5, 0, 100), point(1, 0, 2, NONE), point(2, 20, 0, 50.25)))))
                .hasToString("{\"clock_ns\":5000000000,\"bin_ms\":250.0,\"window_s\":[0.1,0.7],"
                        + "\"ttft_p50_ms\":[100.0,null,50.25],\"ttft_p95_ms\":[200.0,null,100.5],"
                        + "\"throughput_tok_s\":[12.5,0.0,20.0],\"in_flight\":[8.5,8.5,8.5],\"failures\":[0,2,0]}");
    }

    @Test
    void whatWasNeverMeasured_hasNoArray_andALevelThatNeverBegan_nothing() {
        assertThat(SeriesJson.of(level(List.of(point(0, NONE, 1, NONE)))))
                .hasToString("{\"clock_ns\":5000000000,\"bin_ms\":250.0,\"window_s\":[0.1,0.7],"
                        + "\"in_flight\":[8.5],\"failures\":[1]}");
        assertThat(SeriesJson.of(level(List.of()))).hasToString("{}");
    }

    @Test
    void devices_addUpTheirPower_andAStretchThatLacksOne_hasNoSum() {
        GpuDevice one = new GpuDevice(0, "GPU-1", "A40");
        GpuDevice two = new GpuDevice(1, "GPU-2", "A40");

        var series = SeriesJson.of(level(
                List.of(point(0, 1, 0, NONE), point(1, 1, 0, NONE), point(2, 1, 0, NONE)),
                reading(-1, one, 999, 1, 99),
                reading(0, one, 100, 0.5, 50),
                reading(10, two, 200, 1.0, 60),
                reading(249, one, 120, 0.7, 52),
                reading(250, one, 100, 0.5, 50),
                reading(500, one, 90, NONE, 50),
                reading(510, two, 210, 0.4, 40),
                reading(750, two, 999, 1, 99)));

        assertThat(series.get("gpu_power_w")).hasToString("[310.0,null,300.0]");
        assertThat(series.get("gpu_util")).hasToString("[0.8,null,null]");
        assertThat(series.get("gpu_temperature_c")).hasToString("[60.0,null,50.0]");
        assertThat(series.get("gpu_memory_used_gb")).hasToString("[2.0,null,2.0]");
    }

    private static ServerMeasurement.Reading said(long millis, double running, double usage, double preemptions) {
        return new ServerMeasurement.Reading(ORIGIN + millis * MS, running, NONE, usage, NONE, preemptions, NONE);
    }

    @Test
    void whatTheServerSays_isInTheStretchOfEachReading_andPreemptionsAddUp() {
        LoadResult result = Measurement.from(level(List.of(point(0, 1, 0, 1), point(1, 1, 0, 1), point(2, 1, 0, 1))))
                .server(Optional.of(new ServerMeasurement(
                        "vLLM",
                        List.of(
                                said(-100, 9, 0.9, NONE),
                                said(10, 4, 0.25, 1),
                                said(200, 5, 0.5, 2),
                                said(600, 6, NONE, 0),
                                said(900, 7, 0.9, 8)))))
                .build();

        assertThat(SeriesJson.of(result).toString())
                .endsWith("\"server_running\":[5.0,null,6.0],\"server_kv_cache_usage\":[0.5,null,null],"
                        + "\"server_preemptions\":[3,null,0]}");
    }
}
