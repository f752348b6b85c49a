package dev.llmload.junit.declared;

import dev.llmload.config.Key;
import dev.llmload.junit.LlmLoad;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Resolves the shape of the load: {@link LlmLoad} and the keys of its members. */
final class LoadResolver {
    private static final String LOAD = "@LlmLoad";

    private final Settings settings;
    private final LlmLoad load;

    LoadResolver(Settings settings, LlmLoad load) {
        this.settings = settings;
        this.load = load;
    }

    /**
     * All of it but the levels.
     *
     * @param shape its levels
     */
    LoadTestSpec.Load resolve(LoadLevels shape) {
        return new LoadTestSpec.Load(
                shape.planned(),
                volume(shape),
                settings.value(
                        Key.ABORT_WHEN, String.join("; ", load.abortWhen()), LOAD, List.of(), AbortConditions::parse),
                preparation(),
                coolDown(shape),
                settings.flag(Key.SCALING, load.scaling(), LOAD) && shape.comparable(),
                settings.wholeNumber(Key.LOOPS, 0, "", 0));
    }

    private LoadTestSpec.Volume volume(LoadLevels shape) {
        LoadTestSpec.Volume volume = new LoadTestSpec.Volume(
                settings.wholeNumber(Key.REQUESTS, load.requests(), LOAD, 0),
                settings.wholeNumber(Key.REQUESTS_PER_USER, load.requestsPerUser(), LOAD, 1),
                settings.optionalDuration(Key.DURATION, load.duration(), LOAD),
                settings.duration(Key.MAX_DURATION, load.maxDuration(), LOAD),
                settings.wholeNumber(Key.REPEAT, load.repeat(), LOAD, 1));
        if (shape.staged() && (volume.requests() > 0 || volume.duration().isPresent() || volume.repeat() > 1)) {
            settings.mistakes()
                    .add("`stages` of " + LOAD + " run once, each for its own length: leave out `requests`,"
                            + " `duration` and `repeat`");
        }
        return volume;
    }

    private Optional<Duration> coolDown(LoadLevels shape) {
        Optional<Duration> coolDown = settings.optionalDuration(Key.COOL_DOWN, load.coolDown(), LOAD);
        if (coolDown.isPresent() && shape.staged()) {
            settings.mistakes().add("`stages` of " + LOAD + " follow each other without a pause: leave out `coolDown`");
        }
        return coolDown;
    }

    private LoadTestSpec.Preparation preparation() {
        boolean wanted = settings.flag(Key.PREFLIGHT, true, "");
        Duration wait = settings.duration(Key.PREFLIGHT_WAIT, Key.PREFLIGHT_WAIT.defaultValue(), "");
        return new LoadTestSpec.Preparation(
                wanted ? Optional.of(wait) : Optional.empty(),
                settings.wholeNumber(Key.WARMUP, load.warmup(), LOAD, 0),
                settings.wholeNumber(Key.WARMUP_CONCURRENCY, load.warmupConcurrency(), LOAD, 1));
    }
}
