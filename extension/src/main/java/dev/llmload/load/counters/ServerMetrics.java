package dev.llmload.load.counters;

import dev.llmload.exposition.Exposition;
import dev.llmload.exposition.Sample;
import dev.llmload.load.StopSignal;
import dev.llmload.load.preflight.ProbeRequest;
import dev.llmload.load.wire.VertxWire;
import dev.llmload.protocol.ApiUrl;
import dev.llmload.result.Outcome;
import io.vertx.core.http.HttpMethod;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * Reads a server's own counters with the load's own connections, never while load is offered. Which page has them is found out by the first reading; a
 * page that is none is not asked for again, one that was not answered is. Used by one thread.
 */
public final class ServerMetrics {
    /** TensorRT-LLM has its iterations as JSON at the usual place. */
    private static final List<String> PAGES = List.of("/metrics", "/prometheus/metrics");

    private static final Duration PATIENCE = Duration.ofSeconds(2);

    private final Supplier<VertxWire> wire;
    private final ApiUrl url;
    private final Supplier<ServedModel> model;
    private final StopSignal stop;
    private List<String> paths;
    private boolean known;
    private boolean unanswered;
    private String otherModel = "";

    /**
     * Nothing is asked yet.
     *
     * @param wire to ask with
     * @param url of the endpoint; its own folder is asked before those above
     * @param model whose counters are meant, asked for with each reading
     * @param stop ends what waits
     */
    public ServerMetrics(Supplier<VertxWire> wire, ApiUrl url, Supplier<ServedModel> model, StopSignal stop) {
        this.wire = wire;
        this.url = url;
        this.model = model;
        this.stop = stop;
        this.paths = PAGES.stream()
                .flatMap(page -> url.folders().stream().map(folder -> folder + page))
                .toList();
    }

    /** What it says now; empty if it does not say. Waits two seconds at most for each page. */
    public Optional<ServerCounters> read() {
        otherModel = paths.isEmpty() ? otherModel : "";
        List<String> silent = new ArrayList<>();
        for (String path : paths) {
            List<Optional<ServerCounters>> found = readings(path, 1);
            if (!found.isEmpty() && found.get(0).isPresent()) {
                known = true;
                paths = List.of(path);
                return found.get(0);
            }
            if (unanswered) {
                silent.add(path);
            }
        }
        paths = known ? paths : silent;
        return Optional.empty();
    }

    /**
     * The page that has them.
     *
     * @throws IllegalStateException if none is known: nothing was read, or nothing was found
     */
    URI page() {
        if (!known) {
            throw new IllegalStateException("no page of counters is known");
        }
        return url.server(paths.get(0));
    }

    /** Whose counters are meant. */
    ServedModel model() {
        return model.get();
    }

    /** What it says now, asked so many times at once, so that each request has a connection of its own. */
    List<Optional<ServerCounters>> readAtOnce(int times) {
        return known ? readings(paths.get(0), times) : List.of();
    }

    /** Of which other model, and where, there are counters instead, in words; empty if there are none. */
    String otherModel() {
        return otherModel;
    }

    void pause(Duration length) {
        stop.pause(length.toNanos());
    }

    boolean stopped() {
        return stop.requested();
    }

    private List<Optional<ServerCounters>> readings(String path, int times) {
        List<CompletableFuture<ProbeRequest.Answer>> asked = Stream.generate(() -> ProbeRequest.send(
                        wire.get(), HttpMethod.GET, url.server(path), new byte[0], ProbeRequest.Reading.PLAIN))
                .limit(times)
                .toList();
        List<Optional<ServerCounters>> readings = new ArrayList<>();
        unanswered = false;
        for (CompletableFuture<ProbeRequest.Answer> answer : asked) {
            body(answer).ifPresent(page -> readings.add(counters(Exposition.parse(page), path)));
        }
        return readings;
    }

    private Optional<ServerCounters> counters(List<Sample> page, String path) {
        ServedModel ours = model.get();
        Optional<EngineNames> engine = EngineNames.of(page);
        List<String> models = engine.stream()
                .flatMap(names -> page.stream().filter(names::has))
                .flatMap(sample -> ServedModel.labelOf(sample).stream())
                .distinct()
                .toList();
        // Outside the endpoint's own folder a page that names no model is anybody's.
        boolean own = path.startsWith(url.folders().get(0) + "/");
        boolean foreign = models.isEmpty() ? !own : models.stream().noneMatch(ours.names()::contains);
        if (engine.isPresent() && foreign) {
            otherModel = "the counters at " + path + " are "
                    + (models.isEmpty() ? "of no named model" : "those of " + String.join(", ", models)) + ", not of "
                    + ours.name();
            return Optional.empty();
        }
        return ServerCounters.of(page, ours);
    }

    private Optional<String> body(CompletableFuture<ProbeRequest.Answer> answer) {
        try {
            ProbeRequest.Answer page = answer.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
            unanswered |= page.kind() != Outcome.OK;
            return page.kind() == Outcome.OK && page.isSuccess() ? Optional.of(page.body()) : Optional.empty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            stop.request("interrupted");
            return Optional.empty();
        } catch (ExecutionException | TimeoutException e) {
            unanswered = true;
            return Optional.empty();
        } finally {
            answer.cancel(false);
        }
    }
}
