package dev.llmload.load.wire;

import dev.llmload.result.Outcome;

/**
 * What a {@link WireCall} tells about itself. Called on the event loop of the call only, one method at a time; exactly
 * one of {@link #end} and {@link #failed} comes last, unless {@link #sending} refused or the call was aborted: then
 * nothing more comes.
 */
public interface WireListener {
    /**
     * The request is about to be written to an established connection. Called a second time if a reused connection died
     * before any response byte and the request is written once more.
     *
     * @param nanos now: the {@code sent} instant until {@link #sent} tells the exact one
     * @param connectNanos what DNS, TCP and TLS of this connection took, 0 on reuse
     * @param reused whether the connection has served a request before
     * @param resent whether this is the second write
     * @return false to give the request up unsent
     */
    boolean sending(long nanos, long connectNanos, boolean reused, boolean resent);

    /**
     * The request was handed to the operating system.
     *
     * @param nanos when that began, at the bottom of the pipeline: the {@code sent} instant
     * @param lateNanos how long it took: the request may have left so much later
     */
    default void sent(long nanos, long lateNanos) {}

    /**
     * The response sends the client elsewhere; {@link #head} comes next.
     *
     * @param status HTTP status
     * @param location the {@code Location} header, or empty
     */
    default void redirect(int status, String location) {}

    /**
     * The name of the server does not resolve; {@link #failed} comes next.
     */
    default void unresolved() {}

    /**
     * The response head arrived.
     *
     * @param nanos arrival of the network buffer that completed it
     * @param status HTTP status
     * @param contentType of the body, or empty
     * @param server the {@code Server} header, or empty
     */
    void head(long nanos, int status, String contentType, String server);

    /**
     * Body bytes arrived: all that one network buffer held of this response. The array is lent for the call.
     *
     * @param nanos arrival of the network buffer, taken before anything was parsed
     * @param bytes lent; never keep it
     * @param offset first byte
     * @param length number of bytes, at least 1
     */
    void buffer(long nanos, byte[] bytes, int offset, int length);

    /**
     * The response ended cleanly.
     *
     * @param nanos arrival of the network buffer that ended it
     */
    void end(long nanos);

    /**
     * No connection, or the connection was lost.
     *
     * @param nanos when that was noticed
     * @param kind CONNECT, TLS, RESET or PROTOCOL
     * @param error what happened, in words
     */
    void failed(long nanos, Outcome kind, String error);
}
