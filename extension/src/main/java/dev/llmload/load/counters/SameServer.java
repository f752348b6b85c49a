package dev.llmload.load.counters;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Finds out whether readings taken while no load is offered come from one server. Counters of one process never fall; that
 * they rise may be the work of somebody else. Confined to one thread.
 */
final class SameServer {
    /** What a reason begins with. */
    static final String SEVERAL = "several servers answer behind one address";

    private final List<ServerCounters> before = new ArrayList<>();
    private String evidence = "";
    private boolean changed;

    /** The next reading, asked for when all before it had been answered. */
    void saw(ServerCounters now) {
        saw(List.of(now));
    }

    /** The next readings, asked for at once, when all before them had been answered. */
    void saw(List<ServerCounters> now) {
        if (now.isEmpty()) {
            return;
        }
        now.forEach(one -> before.forEach(earlier -> compare(earlier, one, true)));
        now.forEach(one -> now.forEach(other -> compare(one, other, false)));
        Optional<ServerCounters> last = last();
        changed = now.stream().anyMatch(one -> !last.map(one::sameWorkAs).orElse(true) || !one.sameWorkAs(now.get(0)));
        before.addAll(now);
    }

    /** A reading was a page of counters that do not count for our model. */
    void sawOtherModel() {
        if (!before.isEmpty()) {
            evidence = "they serve different models";
        }
    }

    private void compare(ServerCounters earlier, ServerCounters later, boolean ordered) {
        if (later.identity().startedAtAnotherTimeThan(earlier.identity())) {
            evidence = "their processes started at different times";
        } else if (earlier.identity().hasEnginesThatLack(later.identity())) {
            evidence = "they have different engines";
        } else if (ordered && later.fellBelow(earlier)) {
            evidence = "readings of the counters go back and forth";
        }
    }

    /**
     * Whether more readings are needed: the last ones differ, or the server does not say when it started, so that only another
     * one's counters can give it away.
     */
    boolean undecided() {
        return changed
                || last().filter(counters -> counters.identity().starts().isEmpty())
                        .isPresent();
    }

    /** Why these are several servers, in words; empty if nothing says so. */
    String several() {
        return evidence.isEmpty() ? "" : SEVERAL + ": " + evidence;
    }

    /** The newest reading. */
    Optional<ServerCounters> last() {
        return before.isEmpty() ? Optional.empty() : Optional.of(before.get(before.size() - 1));
    }
}
