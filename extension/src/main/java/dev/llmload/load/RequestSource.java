package dev.llmload.load;

/** Where the requests of a level come from on one event loop: a user, or a schedule. Confined to that loop. */
interface RequestSource {
    /** Ends what is in flight and sends nothing more. */
    void cut(long now, String reason, boolean countUnsent);

    /** The last measured request has ended: sends nothing more; what is in flight goes on. */
    void drained();

    /** Gives up what is due and still waits to be sent; what is in flight goes on. */
    default void giveUpWaiting(long now, String reason) {}
}
