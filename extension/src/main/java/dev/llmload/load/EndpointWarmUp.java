package dev.llmload.load;

import dev.llmload.load.plan.LevelPlan;
import dev.llmload.load.plan.WarmUpLoad;
import dev.llmload.load.preflight.EndpointUnusableException;
import dev.llmload.load.send.Target;
import dev.llmload.prompt.PromptSupply;
import dev.llmload.protocol.ApiUrl;
import dev.llmload.protocol.HttpFailures;
import dev.llmload.result.request.RequestRecord;
import dev.llmload.result.text.DurationText;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/** The declared warm-up requests against the endpoint, and what they tell. Used once, by one thread. */
final class EndpointWarmUp {
    private static final Duration LONGEST = Duration.ofMinutes(10);

    private final int requests;
    private final int concurrency;
    private final StopSignal stop;
    private final LoadListener listener;

    private boolean rejectsUsageOption;
    private Optional<String> coldStart = Optional.empty();

    EndpointWarmUp(int requests, int concurrency, StopSignal stop, LoadListener listener) {
        if (requests < 0) {
            throw new IllegalArgumentException("warm-up requests must be at least 0, but was " + requests);
        }
        this.requests = requests;
        this.concurrency = concurrency;
        this.stop = stop;
        this.listener = listener;
    }

    /** Runs a plan. */
    interface Executor {
        LevelEnd execute(LevelPlan plan, Target target, PromptSupply prompts, LoadListener listener);
    }

    WarmUp run(Target target, PromptSupply prompts, Executor executor) {
        if (requests == 0) {
            return new WarmUp(0, 0, Duration.ZERO, 0, List.of());
        }
        Ended first = attempt(target, prompts, executor);
        if (first.allRejectStreamOptions() && target.includeUsage()) {
            rejectsUsageOption = true;
            first = attempt(target.withoutUsage(), prompts, executor);
        }
        if (first.succeeded().isEmpty() && !stop.requested()) {
            throw new EndpointUnusableException("all " + first.records.size() + " warm-up requests to "
                    + ApiUrl.shown(target.endpoint()) + " failed, so no load is offered; the first failed with "
                    + first.end.reachability().firstFailure());
        }
        coldStart = first.coldStart();
        return first.summary(concurrency);
    }

    /** Whether the server turned out to reject the usage option. */
    boolean rejectsUsageOption() {
        return rejectsUsageOption;
    }

    /** A sentence about the very first request, if it succeeded. */
    Optional<String> coldStart() {
        return coldStart;
    }

    private Ended attempt(Target target, PromptSupply prompts, Executor executor) {
        Collector collector = new Collector(listener);
        LevelEnd end = executor.execute(WarmUpLoad.of(requests, concurrency, LONGEST), target, prompts, collector);
        return new Ended(end, List.copyOf(collector.records));
    }

    private record Ended(LevelEnd end, List<RequestRecord> records) {
        List<RequestRecord> succeeded() {
            return records.stream().filter(RequestRecord::succeeded).toList();
        }

        boolean allRejectStreamOptions() {
            return !records.isEmpty()
                    && records.stream().allMatch(r -> HttpFailures.rejectsStreamOptions(r.status(), r.error()));
        }

        Optional<String> coldStart() {
            return records.stream()
                    .filter(r -> r.n() == 0 && r.succeeded())
                    .map(r -> Duration.ofNanos(
                            RequestRecord.between(r.times().sent(), r.times().firstToken())))
                    .map(ttft -> "cold start: the first request's time to first token was " + DurationText.of(ttft))
                    .findFirst();
        }

        WarmUp summary(int concurrency) {
            List<RequestRecord> good = succeeded();
            // Each user's first request meets a cold endpoint; the mean is that of the others if there are any.
            List<RequestRecord> later =
                    good.stream().filter(r -> r.n() >= concurrency).toList();
            List<RequestRecord> typical = later.isEmpty() ? good : later;
            double meanE2e = typical.stream()
                    .mapToLong(r ->
                            RequestRecord.between(r.times().sent(), r.times().lastToken()))
                    .average()
                    .orElse(0);
            double tokens = good.stream()
                    .mapToLong(r -> Math.max(r.tokens().output(), r.tokens().events()))
                    .sum();
            double seconds = end.wholeRun().seconds();
            return new WarmUp(
                    records.size(),
                    good.size(),
                    Duration.ofNanos(Math.round(meanE2e)),
                    seconds > 0 ? tokens / seconds : 0,
                    records);
        }
    }

    private static final class Collector implements LoadListener {
        private final LoadListener to;
        private final Queue<RequestRecord> records = new ConcurrentLinkedQueue<>();

        Collector(LoadListener to) {
            this.to = to;
        }

        @Override
        public void phase(String level, String phase) {
            to.phase(level, phase);
        }

        @Override
        public void progress(Progress progress) {
            to.progress(progress);
        }

        @Override
        public void requestEnded(String level, RequestRecord record) {
            records.add(record);
            to.requestEnded(level, record);
        }
    }
}
