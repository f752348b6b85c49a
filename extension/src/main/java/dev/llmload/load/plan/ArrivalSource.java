package dev.llmload.load.plan;

import dev.llmload.load.send.Attempt;
import dev.llmload.load.send.LevelContext;
import dev.llmload.load.send.LoadLoop;
import dev.llmload.load.send.RequestOwner;
import dev.llmload.load.send.RequestSource;
import dev.llmload.load.wire.WireFailures;
import dev.llmload.prompt.PromptSupply;
import dev.llmload.result.request.Phase;
import dev.llmload.result.request.RequestRecord;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ScheduledFuture;
import org.jspecify.annotations.Nullable;

/**
 * The schedule of an open loop, as far as one event loop serves it: every {@code every}-th arrival from the
 * {@code offset}-th on. Each request is admitted by its scheduled instant, in the order of the schedule, and is sent then
 * or, while as many are in flight as may be, when one of them has ended. What is admitted is always recorded: nothing that
 * was due gets lost because the endpoint was slow. Confined to its event loop.
 */
final class ArrivalSource implements RequestSource, RequestOwner {
    private record Due(long scheduled, Phase phase) {}

    private final LevelContext level;
    private final LoadLoop loop;
    private final ArrivalSchedule schedule;
    private final long start;
    private final int every;
    private final int maxInFlight;
    private final Set<Attempt> inFlight = new LinkedHashSet<>();
    private final Deque<Due> waiting = new ArrayDeque<>();

    private long next;
    private boolean over;
    private boolean retired;
    private @Nullable ScheduledFuture<?> timer;

    /**
     * A source; nothing is sent before {@link #begin}.
     *
     * @param start when the schedule begins
     * @param offset of the first arrival that is this source's
     * @param every how many sources share the schedule
     * @param maxInFlight most requests in flight; 0 for no limit
     */
    ArrivalSource(
            LevelContext level,
            LoadLoop loop,
            ArrivalSchedule schedule,
            long start,
            int offset,
            int every,
            int maxInFlight) {
        this.level = level;
        this.loop = loop;
        this.schedule = schedule;
        this.start = start;
        this.every = every;
        this.maxInFlight = maxInFlight == 0 ? Integer.MAX_VALUE : maxInFlight;
        skip(offset);
        this.next = start + schedule.next();
    }

    @Override
    public LoadLoop loop() {
        return loop;
    }

    @Override
    public void begin() {
        loop.wire().execute(this::await);
    }

    // Waits for the next arrival.
    private void await() {
        if (!over) {
            timer = loop.wire().schedule(this::due, next - System.nanoTime());
        }
    }

    private void skip(int arrivals) {
        for (int i = 0; i < arrivals; i++) {
            schedule.next();
        }
    }

    // All that is due by now; the clock is read again, because sending takes time as well.
    private void due() {
        timer = null;
        while (!over && next - System.nanoTime() <= 0) {
            Optional<Phase> phase = level.admission().admit(next);
            if (phase.isEmpty()) {
                finish();
                return;
            }
            if (inFlight.size() < maxInFlight) {
                send(new Due(next, phase.get()), false);
            } else {
                waiting.addLast(new Due(next, phase.get()));
            }
            skip(every - 1);
            next = start + schedule.next();
        }
        await();
    }

    private void send(Due due, boolean held) {
        try {
            PromptSupply.Draw draw = level.draw();
            byte[] body = level.target().body(draw);
            Attempt attempt = new Attempt(this, level, loop, due.scheduled(), draw, Optional.of(due.phase()), held, 0);
            inFlight.add(attempt);
            attempt.start(body);
        } catch (RuntimeException | Error e) {
            level.failed(e);
            finish();
        }
    }

    @Override
    public void ended(Attempt attempt, long nanos, RequestRecord record) {
        inFlight.remove(attempt);
        Due due = waiting.pollFirst();
        if (due != null && WireFailures.unconnected(record.outcome())) {
            // What waits is sent after a pause: it limits the attempts to an endpoint that refuses them.
            waiting.addFirst(due);
            loop.wire().schedule(this::sendWaiting, VirtualUser.PAUSE_NANOS);
        } else if (due != null) {
            send(due, true);
        }
        retireIfDone();
    }

    private void sendWaiting() {
        while (inFlight.size() < maxInFlight && !waiting.isEmpty()) {
            send(waiting.removeFirst(), true);
        }
        retireIfDone();
    }

    @Override
    public void refused(Attempt attempt) {
        inFlight.remove(attempt);
        retireIfDone();
    }

    @Override
    public void cut(long now, String reason, boolean countUnsent) {
        over = true;
        cancel();
        giveUpWaiting(now, reason);
        List<Attempt> all = new ArrayList<>(inFlight);
        all.forEach(attempt -> attempt.cut(now, reason, countUnsent));
        retireIfDone();
    }

    @Override
    public void giveUpWaiting(long now, String reason) {
        List<Due> unsent =
                waiting.stream().filter(due -> due.phase() != Phase.DRAIN).toList();
        waiting.clear();
        for (Due due : unsent) {
            Attempt attempt =
                    new Attempt(this, level, loop, due.scheduled(), level.draw(), Optional.of(due.phase()), true, 0);
            inFlight.add(attempt);
            attempt.cut(now, reason, true);
        }
    }

    @Override
    public void drained() {
        if (!over) {
            due(); // what was due in the window, and this loop was too late for
        }
        waiting.removeIf(due -> due.phase() == Phase.DRAIN);
        finish();
    }

    private void finish() {
        over = true;
        cancel();
        retireIfDone();
    }

    private void cancel() {
        ScheduledFuture<?> current = timer;
        if (current != null) {
            current.cancel(false);
            timer = null;
        }
    }

    private void retireIfDone() {
        if (over && !retired && inFlight.isEmpty() && waiting.isEmpty()) {
            retired = true;
            level.retired();
        }
    }
}
