package dev.llmload.load;

import dev.llmload.load.plan.LevelPlan;
import dev.llmload.load.send.LoadLoop;
import dev.llmload.load.send.Target;
import dev.llmload.load.wire.DescriptorReserve;
import dev.llmload.load.wire.LoopGroup;
import dev.llmload.metric.Objectives;
import dev.llmload.prompt.PromptSupply;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Runs the levels of a session, the warm-up among them, on as many event loops as each needs. Used by one thread; only
 * {@link #stop} may be called from any.
 */
final class LevelExecutor {
    private final LoopGroup loops;
    private final LoopCount loopCount;
    private final StopSignal stop;
    private int warmUpUsers = 1;
    private volatile @Nullable LevelRun running;

    LevelExecutor(LoopGroup loops, LoopCount loopCount, StopSignal stop) {
        this.loops = loops;
        this.loopCount = loopCount;
        this.stop = stop;
    }

    /** Runs a warm-up. */
    LevelEnd warmUp(LevelPlan plan, Target target, PromptSupply prompts, LoadListener listener) {
        prompts.prepare(target::prepared);
        warmUpUsers = plan.load().inSession().orElse(1);
        return execute(
                plan,
                LevelSetup.warmUp(
                        target,
                        prompts::next,
                        loops(Math.min(loopCount.forWarmUp(), plan.load().mostLoops()), target, Objectives.NONE),
                        listener));
    }

    /**
     * Runs a level.
     *
     * @param warmUp what came of the warm-up, if there was one
     * @param good what a good answer is
     */
    LevelEnd run(
            LevelPlan plan,
            Target target,
            PromptSupply prompts,
            Optional<WarmUp> warmUp,
            Objectives good,
            List<AbortRule> abortWhen,
            Sampling sampling,
            LoadListener listener) {
        prompts.prepare(target::prepared);
        Duration meanE2e = warmUp.map(WarmUp::meanE2e).orElse(Duration.ZERO);
        int wanted = loopCount.forLevel(warmUp, warmUpUsers, plan.load().expectedInFlight(meanE2e));
        int count = Math.min(wanted, plan.load().mostLoops());
        return execute(
                plan,
                new LevelSetup(
                        target,
                        prompts::next,
                        loops(count, target, good),
                        meanE2e,
                        abortWhen,
                        sampling,
                        counts -> loops.sentinel(count, counts),
                        listener));
    }

    /** Ends what runs at once; what was measured is kept. */
    void stop(String reason) {
        stop.request(reason);
        LevelRun current = running;
        if (current != null) {
            current.cut("stopped: " + stop.reason());
        }
    }

    private List<LoadLoop> loops(int count, Target target, Objectives good) {
        return LoadLoop.on(loops.wires(count), target.endpoint(), good);
    }

    private LevelEnd execute(LevelPlan plan, LevelSetup setup) {
        LevelRun run = new LevelRun(plan, setup);
        running = run;
        if (stop.requested()) {
            run.cut("stopped: " + stop.reason());
        }
        DescriptorReserve reserve = DescriptorReserve.hold();
        try {
            return run.run();
        } finally {
            reserve.close();
            running = null;
        }
    }
}
