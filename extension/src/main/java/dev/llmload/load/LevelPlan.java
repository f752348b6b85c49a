package dev.llmload.load;

import dev.llmload.result.Level;
import java.time.Duration;
import java.util.Optional;

/** One level of load: how requests come, and what ends it. */
public sealed interface LevelPlan permits ClosedLoop, OpenLoop {
    /** The level, by whose name it is reported. */
    Level level();

    /** Measured requests after which the window closes; 0 leaves it to {@link #duration()}. */
    int requests();

    /** Length of the window, if that is to close it. */
    Optional<Duration> duration();

    /** Longest time from the level's start until its window must close. */
    Duration maxDuration();

    /** Time from the level's start after which everything in flight is cut off. */
    Optional<Duration> deadline();
}
