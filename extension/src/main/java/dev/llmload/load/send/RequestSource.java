package dev.llmload.load.send;

/**
 * Where requests of a level come from on one event loop: a user, or a schedule. {@link #begin} is called from the level's
 * thread, all else on that loop. Each retires once, by {@link LevelContext#retired}, when nothing of it is in flight and it
 * sends no more.
 */
public interface RequestSource {
    /** The loop that it sends on. */
    LoadLoop loop();

    /** Has it send its first request when that is due. */
    void begin();

    /** The window has opened, a moment ago; not told of one that was closed at once. */
    default void opened(long nanos) {}

    /** Ends what is in flight and sends nothing more. */
    void cut(long now, String reason, boolean countUnsent);

    /** The last measured request has ended: sends nothing more; what is in flight goes on. */
    void drained();

    /** Gives up what is due and still waits for its turn to be sent; what is in flight goes on. */
    default void giveUpWaiting(long now, String reason) {}
}
