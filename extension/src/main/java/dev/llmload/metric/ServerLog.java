package dev.llmload.metric;

import java.util.List;

/**
 * The readings of a server's own page during a level. Immutable.
 *
 * @param engine what kind of server wrote it; empty if nobody read it
 * @param samples by time
 * @param missed readings that failed
 * @param reason why the last of them failed, in words; empty if none did
 */
public record ServerLog(String engine, List<ServerSample> samples, int missed, String reason) {
    /** Nobody read it. */
    public static final ServerLog NONE = new ServerLog("", List.of(), 0, "");

    public ServerLog {
        samples = List.copyOf(samples);
    }
}
