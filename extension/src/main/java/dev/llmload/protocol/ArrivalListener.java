package dev.llmload.protocol;

import dev.llmload.result.request.RequestRecord;

/** Is told of each arrival of a response: a network buffer that completed at least one token event. */
@FunctionalInterface
public interface ArrivalListener {
    /**
     * One arrival, told on the thread that fed the buffer, after the whole buffer was decoded.
     *
     * @param nanos instant of the buffer, on the clock of the caller
     * @param gapNanos time since the previous arrival of this response, never negative; {@link RequestRecord#ABSENT} for
     *     the first, and for an event that only the end of the stream completed after its buffer had been told already
     * @param tokenEvents token events that the buffer completed, at least 1
     */
    void arrival(long nanos, long gapNanos, int tokenEvents);
}
