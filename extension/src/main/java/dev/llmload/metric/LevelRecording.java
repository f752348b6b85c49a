package dev.llmload.metric;

import dev.llmload.metric.check.ClientHealth;
import dev.llmload.metric.check.ServerWork;
import dev.llmload.result.Level;
import dev.llmload.result.MeasurementError.Sentinel;
import dev.llmload.result.Subject;
import dev.llmload.result.Window;
import dev.llmload.result.request.RequestRecord;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What the engine hands over when a level has ended: raw records and the marks it made. Immutable apart from the
 * recorders, which nothing may write to any more.
 *
 * @param subject whose level it is
 * @param level which level
 * @param claim what the level meant to offer
 * @param recorders one per event loop
 * @param steady the window as the engine marked it; not looked at if it never opened
 * @param windowOpened whether every user finished one request, so that the window opened
 * @param wholeRun from the first request sent to the last response closed
 * @param health how the client itself kept up
 * @param staleConnections requests that were sent a second time because a pooled connection had died
 * @param serverWork what the server's own counters say it did
 * @param notes what the engine wants a reader to know, one sentence each; what concerns the run as a whole comes with
 *     its first level only
 * @param aborted why its condition to abort it was met, and what was seen; empty if it was not
 */
public record LevelRecording(
        Subject subject,
        Level level,
        Claim claim,
        List<LoopRecorder> recorders,
        Window steady,
        boolean windowOpened,
        Window wholeRun,
        Health health,
        int staleConnections,
        ServerWork serverWork,
        List<String> notes,
        Optional<String> aborted) {
    /**
     * What a level meant to offer.
     *
     * @param users that it meant to keep in session on average, at least 1; 1 where requests came by a schedule
     * @param steady whether the load stayed the same while it was measured
     */
    public record Claim(int users, boolean steady) {
        /** Refuses a level without users. */
        public Claim {
            if (users < 1) {
                throw new IllegalArgumentException("users must be at least 1, but were " + users);
            }
        }
    }

    /**
     * How the client itself kept up.
     *
     * @param steady while the steady window was open; what else is known if it never was
     * @param wholeRun from the first user's start until the last request had ended
     * @param sentinel the error as it was measured beside the load; empty if it was not
     */
    public record Health(ClientHealth steady, ClientHealth wholeRun, Optional<Sentinel> sentinel) {
        /** Without a sentinel. */
        public Health(ClientHealth steady, ClientHealth wholeRun) {
            this(steady, wholeRun, Optional.empty());
        }

        /**
         * The one that belongs to the window that the numbers come from.
         *
         * @param window the chosen one
         * @return how the client kept up in it
         */
        public ClientHealth in(Window window) {
            return window.kind() == Window.Kind.STEADY ? steady : wholeRun;
        }
    }

    /**
     * Copies the lists.
     *
     * @param subject whose level it is
     * @param level which level
     * @param claim what the level meant to offer
     * @param recorders one per event loop
     * @param steady the window as the engine marked it
     * @param windowOpened whether it opened
     * @param wholeRun from the first request sent to the last response closed
     * @param health how the client itself kept up
     * @param staleConnections requests that were sent a second time
     * @param serverWork what the server's own counters say it did
     * @param notes what the engine wants a reader to know
     * @param aborted why it was aborted
     */
    public LevelRecording {
        recorders = List.copyOf(recorders);
        notes = List.copyOf(notes);
    }

    /**
     * Which prompts the level used, for the freshness check of the levels after it.
     *
     * @return identities of the prompts of its kept requests
     */
    public Set<Long> prompts() {
        return recorders.stream()
                .flatMap(recorder -> recorder.records().stream())
                .map(RequestRecord::prompt)
                .filter(prompt -> prompt != RequestRecord.UNKNOWN)
                .collect(Collectors.toUnmodifiableSet());
    }
}
