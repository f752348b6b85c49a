package dev.llmload.openai;

import dev.llmload.result.RequestRecord;

/** What one chunk of a streamed answer says. Filled again for each chunk; confined to one thread. */
final class Chunk {
    /** A non-empty {@code content}, {@code refusal}, {@code tool_calls} or {@code text}. */
    boolean output;

    /** A non-empty {@code reasoning} or {@code reasoning_content}. */
    boolean reasoning;

    /** Non-empty values of the above. */
    int values;

    /** Index of the opening quote of the last such value, if it is a string; else -1. */
    int quote;

    /** Non-empty {@code finish_reason}, or empty. */
    String finishReason = "";

    /** An {@code error}, in words, or empty. */
    String error = "";

    /** Why this is no chunk at all, or empty. */
    String malformed = "";

    /** Whether a {@code usage} came that counts prompt or completion tokens. */
    boolean usage;

    int promptTokens;
    int cachedTokens;
    int completionTokens;
    int reasoningTokens;

    boolean tokenEvent() {
        return output || reasoning;
    }

    void clear() {
        output = false;
        reasoning = false;
        values = 0;
        quote = -1;
        finishReason = "";
        error = "";
        malformed = "";
        clearUsage();
    }

    void clearUsage() {
        usage = false;
        promptTokens = RequestRecord.UNKNOWN;
        cachedTokens = RequestRecord.UNKNOWN;
        completionTokens = RequestRecord.UNKNOWN;
        reasoningTokens = RequestRecord.UNKNOWN;
    }
}
