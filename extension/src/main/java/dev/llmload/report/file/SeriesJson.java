package dev.llmload.report.file;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.llmload.result.GpuSample;
import dev.llmload.result.LoadResult;
import dev.llmload.result.ServerMeasurement;
import dev.llmload.result.TimelinePoint;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.function.DoubleBinaryOperator;
import java.util.function.ToDoubleFunction;

/**
 * A level over time, as results.json has it: arrays of equal length, an entry per stretch of time. An entry is null where
 * nothing was measured, and an array without any entry is left out.
 */
final class SeriesJson {
    private static final double MILLI = 1e6;

    private final List<TimelinePoint> points;
    private final ObjectNode node = Json.object();

    private SeriesJson(List<TimelinePoint> points) {
        this.points = points;
    }

    static ObjectNode of(LoadResult result) {
        return new SeriesJson(result.timeline()).render(result);
    }

    private ObjectNode render(LoadResult result) {
        if (points.isEmpty()) {
            return node;
        }
        long origin = points.get(0).nanos();
        node.put("clock_ns", origin);
        Json.put(node, "bin_ms", points.get(0).lengthNanos() / MILLI, 3);
        ArrayNode window = node.putArray("window_s");
        window.add(Json.round((result.window().openNanos() - origin) / 1e9, 6));
        window.add(Json.round((result.window().closeNanos() - origin) / 1e9, 6));
        values("ttft_p50_ms", 2, each(point -> point.ttftP50Nanos() / MILLI));
        values("ttft_p95_ms", 2, each(point -> point.ttftP95Nanos() / MILLI));
        values("throughput_tok_s", 2, each(TimelinePoint::tokensPerSecond));
        values("in_flight", 2, each(TimelinePoint::inFlight));
        values("failures", 0, each(TimelinePoint::failures));
        result.gpu().ifPresent(gpu -> gpu(gpu.samples()));
        result.server().ifPresent(server -> server(server.readings()));
        return node;
    }

    // Of several readings in one stretch the last; what is counted adds up.
    private void server(List<ServerMeasurement.Reading> readings) {
        values("server_running", 1, server(readings, ServerMeasurement.Reading::running, false));
        values("server_waiting", 1, server(readings, ServerMeasurement.Reading::waiting, false));
        values("server_kv_cache_usage", 4, server(readings, ServerMeasurement.Reading::kvCacheUsage, false));
        values("server_prefix_hit_rate", 4, server(readings, ServerMeasurement.Reading::prefixHitRate, false));
        values("server_preemptions", 0, server(readings, ServerMeasurement.Reading::preemptions, true));
        values("server_acceptance_length", 3, server(readings, ServerMeasurement.Reading::acceptanceLength, false));
    }

    private double[] server(
            List<ServerMeasurement.Reading> readings, ToDoubleFunction<ServerMeasurement.Reading> value, boolean sum) {
        double[] places = new double[points.size()];
        Arrays.fill(places, Double.NaN);
        int place = 0;
        for (ServerMeasurement.Reading reading : readings) {
            while (place < points.size() && reading.nanos() - points.get(place).endNanos() >= 0) {
                place++;
            }
            double now = value.applyAsDouble(reading);
            if (place < points.size() && reading.nanos() - points.get(place).nanos() >= 0 && Double.isFinite(now)) {
                places[place] = sum && Double.isFinite(places[place]) ? places[place] + now : now;
            }
        }
        return places;
    }

    // Devices together: their power and memory add up, of the rest the hottest and the mean.
    private void gpu(List<GpuSample> samples) {
        List<Map<String, List<GpuSample>>> places = places(samples);
        values("gpu_power_w", 1, gpu(places, GpuSample::powerWatts, Double::sum, false));
        values("gpu_util", 3, gpu(places, GpuSample::gpuUtil, Double::sum, true));
        values("gpu_temperature_c", 1, gpu(places, GpuSample::temperatureCelsius, Math::max, false));
        values("gpu_memory_used_gb", 3, gpu(places, sample -> sample.memoryUsedBytes() / 1e9, Double::sum, false));
    }

    private List<Map<String, List<GpuSample>>> places(List<GpuSample> samples) {
        List<Map<String, List<GpuSample>>> places = new ArrayList<>();
        points.forEach(point -> places.add(new HashMap<>()));
        int place = 0;
        for (GpuSample sample : samples) {
            while (place < points.size() && sample.nanos() >= points.get(place).endNanos()) {
                place++;
            }
            if (place < points.size() && sample.nanos() >= points.get(place).nanos()) {
                places.get(place)
                        .computeIfAbsent(sample.uuid(), uuid -> new ArrayList<>())
                        .add(sample);
            }
        }
        return places;
    }

    // A stretch that lacks a device's readings has no sum of all devices.
    private static double[] gpu(
            List<Map<String, List<GpuSample>>> places,
            ToDoubleFunction<GpuSample> value,
            DoubleBinaryOperator together,
            boolean mean) {
        int devices = places.stream().mapToInt(Map::size).max().orElse(0);
        return places.stream()
                .mapToDouble(place -> {
                    double[] each = place.values().stream()
                            .map(readings -> readings.stream()
                                    .mapToDouble(value)
                                    .filter(Double::isFinite)
                                    .average())
                            .filter(OptionalDouble::isPresent)
                            .mapToDouble(OptionalDouble::getAsDouble)
                            .sorted()
                            .toArray();
                    if (each.length == 0 || each.length < devices) {
                        return Double.NaN;
                    }
                    double all = Arrays.stream(each).reduce(together).orElse(Double.NaN);
                    return mean ? all / each.length : all;
                })
                .toArray();
    }

    private double[] each(ToDoubleFunction<TimelinePoint> value) {
        return points.stream().mapToDouble(value).toArray();
    }

    private void values(String key, int digits, double[] values) {
        if (Arrays.stream(values).noneMatch(Double::isFinite)) {
            return;
        }
        ArrayNode array = node.putArray(key);
        for (double value : values) {
            if (!Double.isFinite(value)) {
                array.addNull();
            } else if (digits == 0) {
                array.add(Math.round(value));
            } else {
                array.add(Json.round(value, digits));
            }
        }
    }
}
