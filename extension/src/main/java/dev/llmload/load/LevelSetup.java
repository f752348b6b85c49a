package dev.llmload.load;

import dev.llmload.load.ruler.Sentinel;
import dev.llmload.load.send.LoadLoop;
import dev.llmload.load.send.Target;
import dev.llmload.prompt.PromptSupply;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.LongPredicate;
import java.util.function.Supplier;

/**
 * What a level runs with.
 *
 * @param target what its requests have in common
 * @param prompts the next prompt; from any event loop
 * @param loops its event loops, fresh
 * @param meanE2e how long a request takes on average; zero if that is not known
 * @param abortWhen what makes it a lost cause
 * @param sampling whether it goes on when the planned requests have ended
 * @param sentinel makes what measures the client beside it, of a look whether an instant counts; or nothing
 * @param listener told what happens
 */
record LevelSetup(
        Target target,
        Supplier<PromptSupply.Draw> prompts,
        List<LoadLoop> loops,
        Duration meanE2e,
        List<AbortRule> abortWhen,
        Sampling sampling,
        Function<LongPredicate, Optional<Sentinel>> sentinel,
        LoadListener listener) {
    /** A warm-up: nothing is checked, aborted or measured beside it. */
    static LevelSetup warmUp(
            Target target, Supplier<PromptSupply.Draw> prompts, List<LoadLoop> loops, LoadListener listener) {
        return new LevelSetup(
                target.withoutAnswers(),
                prompts,
                loops,
                Duration.ZERO,
                List.of(),
                Sampling.AS_PLANNED,
                counts -> Optional.empty(),
                listener);
    }
}
