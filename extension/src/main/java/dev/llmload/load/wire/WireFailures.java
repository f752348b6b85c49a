package dev.llmload.load.wire;

import dev.llmload.result.Outcome;
import io.netty.handler.codec.TooLongFrameException;
import java.io.IOException;
import java.net.UnknownHostException;
import java.security.GeneralSecurityException;
import javax.net.ssl.SSLException;

/** Names what a failed connection or a lost one was. */
public final class WireFailures {
    /** What to do about a response head above the limit. */
    public static final String LARGE_HEAD =
            ": `llmload.endpoint.maxResponseHead` (`llmload.<name>.maxResponseHead` of a named endpoint) allows more";

    private WireFailures() {}

    /** Kind of a failure and what happened, in one line. */
    record Failure(Outcome kind, String error) {}

    /**
     * A failure to establish a connection: CLIENT_LIMIT if this machine has no more, TLS if the handshake was it, else
     * CONNECT.
     *
     * @param reached whether a connection to this endpoint was ever made
     */
    static Failure whileConnecting(Throwable cause, boolean reached) {
        return ClientLimit.of(cause, reached)
                .map(limit -> new Failure(Outcome.CLIENT_LIMIT, limit))
                .orElseGet(() -> new Failure(isTls(cause) ? Outcome.TLS : Outcome.CONNECT, sentence(cause)));
    }

    /**
     * A failure on an established connection: CLIENT_LIMIT if this machine ran out of memory for it, PROTOCOL if the bytes
     * were no HTTP, else RESET.
     */
    static Failure onConnection(Throwable cause) {
        return cause instanceof IOException
                ? new Failure(kindOnConnection(cause), sentence(cause))
                : ClientLimit.of(cause, false)
                        .map(limit -> new Failure(Outcome.CLIENT_LIMIT, limit))
                        .orElseGet(() -> new Failure(kindOnConnection(cause), sentence(cause)));
    }

    /** Loads the classes that name a failure: a process without a descriptor left could not load them from a folder. */
    static void ready() {
        whileConnecting(new IOException("Too many open files"), true);
        onConnection(new OutOfMemoryError());
    }

    /** Whether no connection came about, whoever is to blame. */
    public static boolean unconnected(Outcome kind) {
        return kind == Outcome.CONNECT || kind == Outcome.TLS || kind == Outcome.CLIENT_LIMIT;
    }

    private static Outcome kindOnConnection(Throwable cause) {
        if (isTls(cause)) {
            return Outcome.TLS;
        }
        if (cause instanceof IOException || !isUnreadable(cause)) {
            return Outcome.RESET;
        }
        return Outcome.PROTOCOL;
    }

    /** Whether it was the name of the server that could not be found. */
    static boolean isUnresolved(Throwable cause) {
        for (Throwable t = cause; t != null; t = t.getCause()) {
            if (t instanceof UnknownHostException) {
                return true;
            }
        }
        return false;
    }

    /** What happened in one line: class names only where there is no message. */
    static String sentence(Throwable cause) {
        Throwable root = cause;
        while (root.getCause() != null && root.getCause() != root) {
            root = root.getCause();
        }
        String own = message(cause);
        String deepest = message(root);
        String all = root == cause || own.contains(deepest) ? own : own + ": " + deepest;
        return root instanceof TooLongFrameException ? all.replaceAll("\\.$", "") + LARGE_HEAD : all;
    }

    private static String message(Throwable cause) {
        String message = cause.getMessage();
        return message == null || message.isBlank() ? cause.getClass().getSimpleName() : message.strip();
    }

    private static boolean isTls(Throwable cause) {
        for (Throwable t = cause; t != null; t = t.getCause()) {
            if (t instanceof SSLException || t instanceof GeneralSecurityException) {
                return true;
            }
        }
        return false;
    }

    // The HTTP decoder reports bytes that are no HTTP as codec exceptions, and an unknown version as an illegal state.
    private static boolean isUnreadable(Throwable cause) {
        return cause instanceof IllegalArgumentException
                || cause instanceof IllegalStateException
                || cause.getClass().getName().startsWith("io.netty.handler.codec");
    }
}
