package dev.llmload.simulator;

import dev.llmload.simulator.settings.SimulatorTiming;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;

/**
 * What will become of one request: drawn when it arrives, from the seed and its number alone.
 *
 * @param fault what goes wrong, if anything
 * @param tokens tokens of the full answer
 * @param cut whether {@code max_tokens} cut it
 * @param ttftNanos from the end of its prefill to its first token
 * @param random for what is drawn per token
 */
record RequestPlan(Optional<Fault> fault, int tokens, boolean cut, long ttftNanos, SplittableRandom random) {
    private static final long STRIDE = 0x9E3779B97F4A7C15L;

    static RequestPlan draw(SimulatorSettings settings, CompletionRequest request, long number) {
        SplittableRandom random = new SplittableRandom((settings.seed() ^ 0x2545F4914F6CDD1DL) + number * STRIDE);
        SimulatorTiming timing = settings.timing();
        // Always the same draws in the same order, so that one parameter does not shift another's values.
        double faultDraw = random.nextDouble();
        int length = settings.lengths().draw(timing.minTokens(), timing.maxTokens(), random);
        double ttftDraw = random.nextDouble();

        Optional<Fault> fault = request.isPreflight()
                ? Optional.empty()
                : fault(settings.faults().rates(), faultDraw);
        int wanted = request.ignoreEos() ? request.maxTokens() : Math.max(length, request.minTokens());
        int most = Math.min(request.maxTokens(), room(settings, request));
        int tokens = Math.min(wanted, most);
        long ttft = SimulatorTiming.jitter(
                timing.ttft().toNanos()
                        + request.promptTokens() * timing.ttftPerPromptToken().toNanos(),
                timing.ttftJitter(),
                ttftDraw);
        if (fault.equals(Optional.of(Fault.LATE))) {
            ttft += settings.faults().late().toNanos();
        }
        return new RequestPlan(fault, tokens, wanted >= most, ttft, random);
    }

    /** Tokens that the engine's context has left for the answer. */
    private static int room(SimulatorSettings settings, CompletionRequest request) {
        return settings.engine()
                .map(engine -> engine.maxContext() - request.promptTokens())
                .orElse(Integer.MAX_VALUE);
    }

    boolean has(Fault kind) {
        return fault.isPresent() && fault.get() == kind;
    }

    private static Optional<Fault> fault(Map<Fault, Double> rates, double draw) {
        double below = 0;
        for (Map.Entry<Fault, Double> rate : rates.entrySet()) {
            below += rate.getValue();
            if (draw < below) {
                return Optional.of(rate.getKey());
            }
        }
        return Optional.empty();
    }
}
