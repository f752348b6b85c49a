package dev.llmload.spi;

import java.time.Duration;
import org.apiguardian.api.API;

/**
 * How far a level is; roughly right, not a result. Immutable.
 *
 * @param test id of the test
 * @param level name of the level; empty before the first
 * @param run which of its runs, from 1
 * @param runs how many there will be at most, at least 1
 * @param phase {@code warm-up}, {@code ramp-in}, {@code window} or {@code drain}
 * @param done measured requests that have ended; before the window, requests that have ended
 * @param total measured requests planned; 0 if only time decides
 * @param failures requests that failed
 * @param requestsPerSecond ended successes per second of this phase; NaN within its first second
 * @param tokensPerSecond output tokens of those per second; NaN within its first second
 * @param ttftP95Millis 95th percentile of the time to first token so far; NaN while unknown, infinite where it falls on a
 *     failed request
 * @param remaining until the window is expected to close; negative if that is not known
 * @since 0.1
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.1")
public record LevelProgress(
        String test,
        String level,
        int run,
        int runs,
        String phase,
        int done,
        int total,
        long failures,
        double requestsPerSecond,
        double tokensPerSecond,
        double ttftP95Millis,
        Duration remaining) {}
