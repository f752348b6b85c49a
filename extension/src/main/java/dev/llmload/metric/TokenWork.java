package dev.llmload.metric;

import dev.llmload.result.request.RequestRecord;
import dev.llmload.result.request.RequestRecord.Tokens;

/** Which tokens of one request count as work done, and when. Unknown tokens count as none. */
final class TokenWork {
    private TokenWork() {}

    static double output(RequestRecord record) {
        return Math.max(0, record.tokens().output());
    }

    /** The output tokens, spread evenly over the token events, that arrived while the steady window was open. */
    static double outputInWindow(RequestRecord record) {
        Tokens tokens = record.tokens();
        return tokens.events() <= 0 ? 0 : output(record) * Math.max(0, tokens.eventsInWindow()) / tokens.events();
    }

    /** Prompt tokens without the cached ones; where the server does not say, none was cached. */
    static double uncachedPrompt(RequestRecord record) {
        return Math.max(0, record.tokens().prompt())
                - Math.max(0, record.tokens().cached());
    }
}
