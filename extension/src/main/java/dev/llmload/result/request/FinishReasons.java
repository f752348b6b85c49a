package dev.llmload.result.request;

import java.util.List;
import java.util.Locale;
import java.util.Set;

/** What a {@code finish_reason} says about an answer. Letter case does not matter. Safe for use by any thread. */
public final class FinishReasons {
    /** What some servers write while an answer goes on, or where they have no reason: null in words, and states. */
    private static final Set<String> NONE = Set.of(
            "",
            "null",
            "none",
            "nil",
            "undefined",
            "not_finished",
            "unfinished",
            "in_progress",
            "generating",
            "unspecified");

    /** Parts of reasons that say that a filter cut the answer off: content_filter, guardrail_intervened, image_safety … */
    private static final List<String> FILTERED = List.of(
            "filter",
            "safety",
            "guardrail",
            "moderation",
            "recitation",
            "blocklist",
            "prohibited",
            "spii",
            "sensitive",
            "refusal",
            "toxic",
            "policy");

    private static final Set<String> KNOWN = Set.of(
            "stop",
            "length",
            "tool_calls",
            "function_call",
            "eos",
            "end_turn",
            "max_tokens",
            "stop_sequence",
            // the same, as some servers spell it
            "eos_token",
            "stop_token",
            "model_length",
            "tool_use",
            "tool_call",
            "complete",
            "completed",
            "finished",
            "end_id",
            "stop_words",
            "max_length",
            "context_window_exceeded",
            "model_context_window_exceeded");

    private static final Set<String> LIMITS = Set.of(
            "length",
            "max_tokens",
            "max_length",
            "model_length",
            "context_window_exceeded",
            "model_context_window_exceeded");

    /** Parts of reasons that say that the server gave the answer up: error, network_error, aborted, request_timeout … */
    private static final List<String> GIVEN_UP = List.of(
            "error",
            "abort",
            "cancel",
            "fail",
            "timeout",
            "timed_out",
            "time_limit",
            "deadline",
            "expired",
            "terminat",
            "reject",
            "quota",
            "rate_limit",
            "out_of_memory",
            "insufficient",
            "exhausted",
            "overload",
            "unavailable",
            "exception",
            "interrupt",
            "disconnect",
            "shutdown",
            "preempt",
            "evict",
            "kill",
            "crash");

    private FinishReasons() {}

    /**
     * Whether it says that the answer has not finished, or nothing: {@code null} in words, {@code not_finished} and the like.
     *
     * @param reason as the server gave it
     * @return true for what is no reason
     */
    public static boolean isNone(String reason) {
        return NONE.contains(word(reason));
    }

    /**
     * Whether the server gave the answer up, so that the request failed.
     *
     * @param reason as the server gave it
     * @return true for {@code error}, {@code abort}, {@code cancelled}, {@code insufficient_system_resource} and the like
     */
    public static boolean isFailure(String reason) {
        String word = word(reason);
        return !KNOWN.contains(word) && !isFiltered(reason) && GIVEN_UP.stream().anyMatch(word::contains);
    }

    /**
     * Whether a content filter cut the answer off. It counts as a success.
     *
     * @param reason as the server gave it
     * @return true for {@code content_filter} and what others call the same
     */
    public static boolean isFiltered(String reason) {
        String word = word(reason);
        return FILTERED.stream().anyMatch(word::contains);
    }

    /**
     * Whether the answer ran into the limit of its tokens.
     *
     * @param reason as the server gave it
     * @return true for {@code length}, {@code max_tokens} and the like
     */
    public static boolean isLimit(String reason) {
        return LIMITS.contains(word(reason));
    }

    /**
     * Whether it is known what the reason means. One that is not counts as a success, with a warning.
     *
     * @param reason as the server gave it
     * @return false if it is none of the above and no other reason of a whole answer
     */
    public static boolean isKnown(String reason) {
        return KNOWN.contains(word(reason)) || isFiltered(reason) || isFailure(reason);
    }

    private static String word(String reason) {
        return reason.strip().toLowerCase(Locale.ROOT).replace('-', '_').replace(' ', '_');
    }
}
