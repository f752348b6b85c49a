package dev.llmload.metric;

import dev.llmload.metric.check.ServerWork;
import dev.llmload.result.Metric;
import dev.llmload.result.Quantity;
import dev.llmload.result.ServerMeasurement;
import dev.llmload.result.Window;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.DoubleStream;

/**
 * The server's own series of a level: its readings, and what they come to in the window. Means and maxima are those of the
 * readings within the window; what the server counts, it counted from the last reading before the window opened until the
 * first after it closed, a second more on either side at most.
 */
final class ServerSeries {
    private static final String SILENT = "the server's own page does not say";
    private static final String MISSED = "no reading of the server's own page fell into the window";

    private final ServerLog log;
    private final List<ServerSample> within;
    private final List<ServerSample> around;
    private final Map<Metric, Quantity> quantities = new EnumMap<>(Metric.class);

    private ServerSeries(ServerLog log, Window window) {
        this.log = log;
        this.within = log.samples().stream()
                .filter(sample -> window.contains(sample.nanos()))
                .toList();
        this.around = around(log.samples(), window);
    }

    /** What the server said, on the requests' clock; empty if it said nothing. */
    static Optional<ServerMeasurement> of(ServerLog log) {
        List<ServerMeasurement.Reading> readings = new ArrayList<>();
        for (int i = 0; i < log.samples().size(); i++) {
            readings.add(
                    reading(log.samples().get(Math.max(0, i - 1)), log.samples().get(i), i == 0));
        }
        return readings.isEmpty() ? Optional.empty() : Optional.of(new ServerMeasurement(log.engine(), readings));
    }

    /** What it comes to in the window. */
    static Map<Metric, Quantity> quantities(ServerWork work, Window window) {
        if (work.log().samples().isEmpty()) {
            Map<Metric, Quantity> none = new EnumMap<>(Metric.class);
            String reason = work.reason().isEmpty() ? Metric.Source.SERVER.missing() : work.reason();
            Metric.numbers().stream()
                    .filter(metric -> metric.source() == Metric.Source.SERVER)
                    .forEach(metric -> none.put(metric, Quantity.absent(metric, reason)));
            return none;
        }
        return new ServerSeries(work.log(), window).made();
    }

    private Map<Metric, Quantity> made() {
        gauge(Metric.SERVER_RUNNING, Metric.SERVER_RUNNING_MAX, ServerValue.RUNNING);
        gauge(Metric.SERVER_WAITING, Metric.SERVER_WAITING_MAX, ServerValue.WAITING);
        gauge(Metric.KV_CACHE_USAGE, Metric.KV_CACHE_USAGE_MAX, ServerValue.KV_CACHE_USAGE);
        ratio(
                Metric.PREFIX_HIT_RATE,
                share(ServerValue.PREFIX_HITS, ServerValue.PREFIX_QUERIES),
                ServerValue.PREFIX_HIT_RATE);
        put(Metric.PREEMPTIONS, counted(ServerValue.PREEMPTIONS), SILENT);
        OptionalDouble accepted = share(ServerValue.ACCEPTED_TOKENS, ServerValue.DRAFTS);
        ratio(
                Metric.ACCEPTANCE_LENGTH,
                accepted.isPresent() ? OptionalDouble.of(1 + accepted.getAsDouble()) : accepted,
                ServerValue.ACCEPTANCE_LENGTH);
        return quantities;
    }

    private void gauge(Metric mean, Metric highest, ServerValue value) {
        put(mean, values(value).average(), reason(value));
        put(highest, values(value).max(), reason(value));
    }

    private void ratio(Metric metric, OptionalDouble ofCounters, ServerValue gauge) {
        put(metric, ofCounters.isPresent() ? ofCounters : values(gauge).average(), reason(gauge));
    }

    private void put(Metric metric, OptionalDouble value, String reason) {
        quantities.put(
                metric, value.isPresent() ? Quantity.of(metric, value.getAsDouble()) : Quantity.absent(metric, reason));
    }

    private DoubleStream values(ServerValue value) {
        return within.stream().mapToDouble(sample -> sample.of(value)).filter(Double::isFinite);
    }

    private String reason(ServerValue value) {
        boolean everSaid = log.samples().stream().anyMatch(sample -> Double.isFinite(sample.of(value)));
        return everSaid ? MISSED : SILENT;
    }

    // Stretch by stretch, so that one in which the server began to count anew loses no other.
    private OptionalDouble counted(ServerValue counter) {
        double[] each = DoubleStream.iterate(1, i -> i < around.size(), i -> i + 1)
                .map(i -> around.get((int) i).since(around.get((int) i - 1), counter))
                .filter(Double::isFinite)
                .toArray();
        return each.length == 0
                ? OptionalDouble.empty()
                : OptionalDouble.of(DoubleStream.of(each).sum());
    }

    private OptionalDouble share(ServerValue part, ServerValue whole) {
        OptionalDouble of = counted(part);
        OptionalDouble all = counted(whole);
        return of.isPresent() && all.isPresent() && all.getAsDouble() > 0
                ? OptionalDouble.of(of.getAsDouble() / all.getAsDouble())
                : OptionalDouble.empty();
    }

    private static List<ServerSample> around(List<ServerSample> samples, Window window) {
        int from = 0;
        int to = samples.size();
        for (int i = 0; i < samples.size(); i++) {
            if (samples.get(i).nanos() - window.openNanos() <= 0) {
                from = i;
            }
        }
        for (int i = samples.size() - 1; i >= 0 && samples.get(i).nanos() - window.closeNanos() >= 0; i--) {
            to = i + 1;
        }
        return samples.subList(Math.min(from, to), to);
    }

    private static ServerMeasurement.Reading reading(ServerSample before, ServerSample now, boolean first) {
        double queries = now.since(before, ServerValue.PREFIX_QUERIES);
        double drafts = now.since(before, ServerValue.DRAFTS);
        double hitRate = now.since(before, ServerValue.PREFIX_HITS) / queries;
        double accepted = 1 + now.since(before, ServerValue.ACCEPTED_TOKENS) / drafts;
        return new ServerMeasurement.Reading(
                now.nanos(),
                now.of(ServerValue.RUNNING),
                now.of(ServerValue.WAITING),
                now.of(ServerValue.KV_CACHE_USAGE),
                Double.isFinite(hitRate) ? hitRate : now.of(ServerValue.PREFIX_HIT_RATE),
                first ? Double.NaN : now.since(before, ServerValue.PREEMPTIONS),
                Double.isFinite(accepted) ? accepted : now.of(ServerValue.ACCEPTANCE_LENGTH));
    }
}
