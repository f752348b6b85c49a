package dev.llmload.metric.check;

import dev.llmload.metric.LoopRecorder;
import dev.llmload.result.request.Phase;
import dev.llmload.result.request.RequestRecord;
import java.util.ArrayList;
import java.util.List;

/**
 * What a level asked of the server, all phases together.
 *
 * @param sent requests that were written to a connection, those written twice included
 * @param succeeded of them
 * @param outputTokens as far as they are known
 * @param unknown requests whose output tokens are not known
 * @param largest output tokens of one request
 */
record OwnWork(long sent, long succeeded, double outputTokens, long unknown, int largest) {
    static OwnWork of(Evidence evidence) {
        long sent = evidence.measurement().staleConnections();
        long succeeded = 0;
        double tokens = 0;
        long unknown = 0;
        int largest = 0;
        for (RequestRecord record : all(evidence)) {
            if (record.times().sent() == RequestRecord.ABSENT) {
                continue;
            }
            sent++;
            succeeded += record.succeeded() ? 1 : 0;
            // Events that were counted, and what came before a failure, are less than what the server did.
            boolean known = record.succeeded()
                    && record.tokens().output() != RequestRecord.UNKNOWN
                    && !record.flags().counted();
            tokens += known ? record.tokens().output() : 0;
            unknown += known ? 0 : 1;
            largest = Math.max(largest, record.tokens().output());
        }
        for (LoopRecorder recorder : evidence.measurement().recorders()) {
            long beyond = recorder.overflow().requests() + recorder.overflow().drained();
            sent += beyond;
            unknown += beyond;
            succeeded += recorder.overflow().wholeRun.counts.toCounts(0).succeeded()
                    + recorder.overflow().drainedSuccesses();
        }
        return new OwnWork(sent, succeeded, tokens, unknown, largest);
    }

    // The requests of the drain are in no number of the level, but the server did their work.
    private static List<RequestRecord> all(Evidence evidence) {
        List<RequestRecord> all = new ArrayList<>(evidence.level());
        evidence.measurement().recorders().stream()
                .flatMap(recorder -> recorder.records().stream())
                .filter(record -> record.phase() == Phase.DRAIN)
                .forEach(all::add);
        return all;
    }
}
