package dev.llmload.metric.check;

import dev.llmload.metric.LoopRecorder;
import dev.llmload.result.RequestRecord;

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
        for (RequestRecord record : evidence.level()) {
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
            sent += recorder.overflow().requests();
            unknown += recorder.overflow().requests();
            succeeded += recorder.overflow().wholeRun.counts.toCounts(0).succeeded();
        }
        return new OwnWork(sent, succeeded, tokens, unknown, largest);
    }
}
