package dev.llmload.report.page;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import dev.llmload.budget.LevelRepeat;
import dev.llmload.budget.LevelVerdict;
import dev.llmload.report.TestReport;
import dev.llmload.result.TimelinePoint;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The requests of each level, of requests.jsonl as it stands at the end of a run. Immutable. */
final class RequestsFile {
    private static final JsonFactory JSON = new JsonFactory();

    /** A stretch of the file's clock in which requests of a level were sent, and those. */
    private record Stretch(long from, long to, int run, RequestSample sample) {
        boolean has(RequestRow row) {
            return row.begin() >= from && row.begin() <= to;
        }
    }

    private final Map<LevelVerdict, RequestSample> samples = new IdentityHashMap<>();
    private final Map<List<String>, List<Stretch>> stretches = new HashMap<>();
    private final long origin;

    private RequestsFile(List<TestReport> tests, long origin) {
        this.origin = origin;
        tests.forEach(test -> test.levels().forEach(level -> expect(test, level)));
    }

    /**
     * Reads the file. A line that is broken, of a run that was killed for example, is passed over.
     *
     * @param file requests.jsonl
     * @param tests what its lines are about
     * @param originNanos the instant of the {@link System#nanoTime()} clock that is 0 in the file
     * @throws IOException if it cannot be read
     */
    static RequestsFile read(Path file, List<TestReport> tests, long originNanos) throws IOException {
        RequestsFile requests = new RequestsFile(tests, originNanos);
        try (BufferedReader lines = Files.newBufferedReader(file)) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                requests.line(line);
            }
        }
        return requests;
    }

    /** Of levels whose requests were not written. */
    static RequestsFile none() {
        return new RequestsFile(List.of(), 0);
    }

    private void expect(TestReport test, LevelVerdict level) {
        List<TimelinePoint> timeline = level.result().timeline();
        if (timeline.isEmpty()) {
            return;
        }
        long from = timeline.get(0).nanos() - origin;
        RequestSample sample = new RequestSample(from);
        samples.put(level, sample);
        stretches
                .computeIfAbsent(List.of(test.id(), level.result().level().name()), key -> new ArrayList<>())
                .add(new Stretch(from, timeline.get(timeline.size() - 1).endNanos() - origin, shownRun(level), sample));
    }

    // Of a level that ran several times one run is shown over time.
    private static int shownRun(LevelVerdict level) {
        return level.runs().stream()
                .filter(LevelRepeat::shown)
                .mapToInt(LevelRepeat::number)
                .findFirst()
                .orElse(0);
    }

    private void line(String line) {
        try (JsonParser json = JSON.createParser(line)) {
            RequestRow row = RequestRow.read(json);
            if (!row.phase.equals("warmup")) {
                place(row);
            }
        } catch (IOException e) {
            // half a line
        }
    }

    // A load may come back under the same name: then the time says which one it was.
    private void place(RequestRow row) {
        List<Stretch> all = stretches.getOrDefault(List.of(row.test, row.level), List.of()).stream()
                .filter(stretch -> stretch.run() == 0 || stretch.run() == row.repeat)
                .toList();
        if (all.size() > 1) {
            all.stream()
                    .filter(stretch -> stretch.has(row))
                    .findFirst()
                    .ifPresent(stretch -> stretch.sample().add(row));
        } else if (all.size() == 1) {
            all.get(0).sample().add(row);
        }
    }

    /** Of a level of those tests; empty if there are none. */
    Optional<RequestSample> of(LevelVerdict level) {
        return Optional.ofNullable(samples.get(level));
    }
}
