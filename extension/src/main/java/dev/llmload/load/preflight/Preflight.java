package dev.llmload.load.preflight;

import dev.llmload.junit.Api;
import java.net.URI;
import java.util.List;

/**
 * What was found out about the endpoint before any load.
 *
 * @param api CHAT or COMPLETIONS, never AUTO
 * @param model model named in each request
 * @param endpoint where the requests go
 * @param usageOption whether the server accepts {@code stream_options}
 * @param server the {@code Server} header of its answers, or empty
 * @param requests requests sent for this
 * @param notes what a reader should know, one sentence each
 */
public record Preflight(
        Api api, String model, URI endpoint, boolean usageOption, String server, int requests, List<String> notes) {
    /** Copies the notes. */
    public Preflight {
        notes = List.copyOf(notes);
    }
}
