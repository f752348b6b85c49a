package dev.llmload.load;

import java.util.Optional;

/**
 * Finds out whether readings taken one after the other, while no load is offered, come from one server. Counters of one
 * process never fall, and do not change while nothing is in work. Confined to one thread.
 */
final class SameServer {
    /** What a reason begins with. */
    static final String SEVERAL = "several servers answer behind one address";

    private Optional<ServerCounters> last = Optional.empty();
    private String evidence = "";
    private int changesWhileIdle;

    /**
     * The next reading.
     *
     * @param now what it says
     * @param ordered whether it was asked for after the one before had been answered
     */
    void saw(ServerCounters now, boolean ordered) {
        last.ifPresent(before -> compare(before, now, ordered));
        last = Optional.of(now);
    }

    /** A reading was a page of counters that do not count for our model. */
    void sawOtherModel() {
        if (last.isPresent()) {
            evidence = "they serve different models";
        }
    }

    private void compare(ServerCounters before, ServerCounters now, boolean ordered) {
        boolean idle = before.idle() && now.idle();
        changesWhileIdle += idle && !now.sameWorkAs(before) ? 1 : 0;
        if (now.identity().startedAtAnotherTimeThan(before.identity())) {
            evidence = "their processes started at different times";
        } else if (before.identity().hasEnginesThatLack(now.identity())) {
            evidence = "they have different engines";
        } else if ((idle || ordered) && now.fellBelow(before)) {
            evidence = "readings of the counters go back and forth";
        } else if (changesWhileIdle > 1) {
            evidence = "readings of the counters differ though nothing is in work";
        }
    }

    /** Whether one more reading is needed: a single change may have been a request of somebody else. */
    boolean undecided() {
        return evidence.isEmpty() && changesWhileIdle == 1;
    }

    /** Why these are several servers, in words; empty if nothing says so. */
    String several() {
        return evidence.isEmpty() ? "" : SEVERAL + ": " + evidence;
    }

    /** The newest reading. */
    Optional<ServerCounters> last() {
        return last;
    }
}
