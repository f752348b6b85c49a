package dev.llmload.spi;

import java.nio.file.Path;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.apiguardian.api.API;

/**
 * A run that is over. Immutable.
 *
 * @param started when it began
 * @param folder where its files are; empty if it could not be made
 * @param tests what each load test came to, by its id, in the order in which they ran: the gravest of its invocations
 * @since 0.1
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.1")
public record RunEnded(Instant started, Optional<Path> folder, Map<String, Status> tests) {
    /** Copies the map, in its order. */
    public RunEnded {
        tests = Collections.unmodifiableMap(new LinkedHashMap<>(tests));
    }

    /** The gravest of all; {@link Status#SKIPPED} only where nothing passed either. */
    public Status status() {
        Status gravest = tests.values().stream().reduce(Status.PASS, Status::and);
        return gravest == Status.SKIPPED && tests.containsValue(Status.PASS) ? Status.PASS : gravest;
    }
}
