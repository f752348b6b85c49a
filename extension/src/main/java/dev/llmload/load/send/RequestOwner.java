package dev.llmload.load.send;

import dev.llmload.result.request.RequestRecord;

/** Who sent a request, and is told what became of it. Confined to its event loop. */
public interface RequestOwner {
    /** The request ended, however it ended. */
    void ended(Attempt attempt, long nanos, RequestRecord record);

    /** The request was given up unsent, because the level wants no more. */
    void refused(Attempt attempt);
}
