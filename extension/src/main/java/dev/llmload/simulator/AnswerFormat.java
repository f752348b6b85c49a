package dev.llmload.simulator;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import io.vertx.core.buffer.Buffer;
import java.nio.charset.StandardCharsets;

/**
 * The bytes of one answer, shaped like vLLM's: a role chunk with empty content, a chunk per token, a finish chunk, on
 * request a usage chunk without choices, {@code [DONE]}. What does not change within an answer is encoded once.
 */
final class AnswerFormat {
    private static final byte[] CHAT_TAIL = ascii("\"},\"logprobs\":null,\"finish_reason\":null}]}\n\n");
    private static final byte[] TEXT_TAIL =
            ascii("\",\"logprobs\":null,\"finish_reason\":null,\"stop_reason\":null}]}\n\n");

    private final boolean chat;
    private final String head;
    private final String wholeHead;
    private final byte[] tokenHead;

    AnswerFormat(boolean chat, String model, long number, long createdSeconds) {
        this.chat = chat;
        String about = "\"created\":" + createdSeconds + ",\"model\":\"" + quoted(model) + "\"";
        String id = "{\"id\":\"" + (chat ? "chatcmpl-sim-" : "cmpl-sim-") + number + "\",\"object\":\"";
        this.head = "data: " + id + (chat ? "chat.completion.chunk" : "text_completion") + "\"," + about + ",";
        this.wholeHead = id + (chat ? "chat.completion" : "text_completion") + "\"," + about + ",";
        this.tokenHead = (head + "\"choices\":[{\"index\":0," + (chat ? "\"delta\":{\"content\":\"" : "\"text\":\""))
                .getBytes(StandardCharsets.UTF_8);
    }

    /** The first event of a chat; text completions have none. */
    Buffer role() {
        return chat
                ? Buffer.buffer(head + "\"choices\":[{\"index\":0,\"delta\":{\"role\":\"assistant\",\"content\":\"\"},"
                        + "\"logprobs\":null,\"finish_reason\":null}]}\n\n")
                : Buffer.buffer();
    }

    Buffer token(String text) {
        byte[] tail = chat ? CHAT_TAIL : TEXT_TAIL;
        return Buffer.buffer(tokenHead.length + text.length() + tail.length)
                .appendBytes(tokenHead)
                .appendBytes(ascii(text))
                .appendBytes(tail);
    }

    Buffer finish(String reason) {
        String empty = chat ? "\"delta\":{\"content\":\"\"}" : "\"text\":\"\"";
        return Buffer.buffer(head + "\"choices\":[{\"index\":0," + empty + ",\"logprobs\":null,\"finish_reason\":\""
                + reason + "\",\"stop_reason\":null}]}\n\n");
    }

    Buffer usageChunk(String usage) {
        return Buffer.buffer(head + "\"choices\":[],\"usage\":" + usage + "}\n\n");
    }

    static Buffer done() {
        return Buffer.buffer("data: [DONE]\n\n");
    }

    static Buffer errorEvent() {
        return Buffer.buffer(
                "data: " + error(500, "InternalServerError", "the engine died (a simulated fault)") + "\n\n");
    }

    Buffer whole(String text, String reason, String usage) {
        String answer = chat
                ? "\"message\":{\"role\":\"assistant\",\"content\":\"" + text + "\"}"
                : "\"text\":\"" + text + "\"";
        return Buffer.buffer(
                wholeHead + "\"choices\":[{\"index\":0," + answer + ",\"logprobs\":null,\"finish_reason\":\"" + reason
                        + "\",\"stop_reason\":null}]" + (usage.isEmpty() ? "" : ",\"usage\":" + usage) + "}");
    }

    static String usage(int prompt, int output, int cached, boolean cacheDetails) {
        return "{\"prompt_tokens\":" + prompt + ",\"total_tokens\":" + (prompt + (long) output)
                + ",\"completion_tokens\":" + output
                + (cacheDetails ? ",\"prompt_tokens_details\":{\"cached_tokens\":" + cached + "}" : "") + "}";
    }

    static String error(int code, String type, String message) {
        return "{\"error\":{\"message\":\"" + quoted(message) + "\",\"type\":\"" + type + "\",\"param\":null,\"code\":"
                + code + "}}";
    }

    static String quoted(String text) {
        return new String(JsonStringEncoder.getInstance().quoteAsString(text));
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
