package dev.llmload.protocol;

import static dev.llmload.result.request.RequestRecord.UNKNOWN;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;

/**
 * Reads a {@code usage} under the names of OpenAI (chat and responses), Anthropic and Gemini, which gateways mix. Stateless,
 * safe for any thread.
 */
final class UsageReader {
    private UsageReader() {}

    /** Whether a member of this name holds token counts. */
    static boolean isUsage(String name) {
        return switch (name) {
            case "usage", "usageMetadata", "usage_metadata", "token_usage" -> true;
            default -> false;
        };
    }

    /**
     * Reads the next value of the parser. Within one event the usage of the higher place counts, of two of equal place the
     * later one; one that counts output is never replaced by one that counts none.
     */
    static void read(JsonParser json, Usage into, Usage.Place place) throws IOException {
        if (json.nextToken() != JsonToken.START_OBJECT) {
            json.skipChildren();
            return;
        }
        Usage found = object(json);
        if (found.prompt == UNKNOWN && found.completion == UNKNOWN && !found.unreadable) {
            return;
        }
        found.place = place;
        boolean better =
                found.countsOutput() == into.countsOutput() ? place.compareTo(into.place) >= 0 : found.countsOutput();
        if (better) {
            into.set(found);
        }
    }

    private static Usage object(JsonParser json) throws IOException {
        Usage usage = new Usage();
        int read = UNKNOWN;
        int tools = UNKNOWN;
        int loose = UNKNOWN;
        boolean promptNamed = false;
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            String name = json.currentName();
            switch (name) {
                case "prompt_tokens", "promptTokens", "promptTokenCount", "prompt_token_count" -> {
                    usage.prompt = Counts.read(json);
                    promptNamed = true;
                }
                case "input_tokens", "inputTokens" -> {
                    int input = Counts.read(json);
                    usage.prompt = promptNamed ? usage.prompt : input;
                }
                case "completion_tokens", "completionTokens", "candidatesTokenCount", "candidates_token_count" ->
                    usage.completion = count(json, usage);
                case "output_tokens", "outputTokens" -> {
                    int output = count(json, usage);
                    usage.completion = usage.completion == UNKNOWN ? output : usage.completion;
                }
                case "total_tokens", "totalTokens", "totalTokenCount", "total_token_count" ->
                    usage.total = Counts.read(json);
                case "completion_tokens_details", "output_tokens_details" ->
                    usage.reasoning = known(Counts.inObject(json, "reasoning_tokens"), usage.reasoning);
                case "prompt_tokens_details", "input_tokens_details" ->
                    usage.cached = known(Counts.inObject(json, "cached_tokens"), usage.cached);
                case "reasoning_tokens", "reasoningTokens", "thoughtsTokenCount", "thoughts_token_count" ->
                    usage.reasoning = known(usage.reasoning, Counts.read(json));
                case "cached_tokens",
                        "prompt_cache_hit_tokens",
                        "cachedContentTokenCount",
                        "cached_content_token_count" -> loose = known(Counts.read(json), loose);
                case "cache_read_input_tokens" -> read = Counts.read(json);
                case "cache_creation_input_tokens" -> usage.written = Counts.read(json);
                case "toolUsePromptTokenCount", "tool_use_prompt_token_count" -> tools = Counts.read(json);
                default -> {
                    json.nextToken();
                    json.skipChildren();
                }
            }
        }
        // Anthropic's input_tokens leave out what was read from its cache or written to it; prompt_tokens hold both.
        usage.besidePrompt = !promptNamed ? Math.max(0, (long) read) + Math.max(0, usage.written) : Math.max(0, tools);
        usage.cached = known(usage.cached, known(loose, read));
        return usage;
    }

    private static int count(JsonParser json, Usage usage) throws IOException {
        int count = Counts.read(json);
        usage.unreadable |= count == UNKNOWN && json.currentToken() != JsonToken.VALUE_NULL;
        return count;
    }

    private static int known(int first, int second) {
        return first == UNKNOWN ? second : first;
    }
}
