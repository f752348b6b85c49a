package dev.llmload.benchmark;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;

/**
 * One streamed answer as network buffers.
 *
 * @param name of this kind of answer
 * @param buffers what arrives, in order
 * @param tokens token events in all of it
 */
record Answer(String name, List<byte[]> buffers, int tokens) {
    private static final int TOKENS = 100;
    private static final String START =
            "data: {\"id\":\"chatcmpl-7b5f0c2e9d134d7a\",\"object\":\"chat.completion.chunk\",\"created\":1754700000,"
                    + "\"model\":\"llama-3-8b\",\"choices\":[";
    private static final String[] WORDS = {
        " the", " capital", " of", " this", ",", " e2e4", " \\\"quoted\\\"", "\\n\\n", " Zürich", " measurement"
    };

    static List<Answer> all() {
        return List.of(
                of("common chunk", 1, i -> token(i, "", "")),
                of("common chunk, 50 a buffer", 50, i -> token(i, "", "")),
                of(
                        "usage in each (Jackson)",
                        1,
                        i -> token(
                                i,
                                "",
                                ",\"usage\":{\"prompt_tokens\":32,\"total_tokens\":" + (33 + i)
                                        + ",\"completion_tokens\":" + (1 + i) + "}")),
                of(
                        "random padding (Jackson)",
                        1,
                        i -> token(i, ",\"obfuscation\":\"" + "kX3vQ9aLz7".substring(i % 10) + "\"", "")));
    }

    private static Answer of(String name, int perBuffer, IntFunction<String> token) {
        List<byte[]> buffers = new ArrayList<>();
        buffers.add(bytes(START + "{\"index\":0,\"delta\":{\"role\":\"assistant\",\"content\":\"\"},"
                + "\"logprobs\":null,\"finish_reason\":null}]}\n\n"));
        for (int i = 0; i < TOKENS; ) {
            ByteArrayOutputStream buffer = new ByteArrayOutputStream();
            for (int end = Math.min(TOKENS, i + perBuffer); i < end; i++) {
                buffer.writeBytes(bytes(token.apply(i)));
            }
            buffers.add(buffer.toByteArray());
        }
        buffers.add(bytes(START + "{\"index\":0,\"delta\":{},\"logprobs\":null,\"finish_reason\":\"stop\"}]}\n\n"));
        buffers.add(bytes(START + "],\"usage\":{\"prompt_tokens\":32,\"total_tokens\":" + (32 + TOKENS)
                + ",\"completion_tokens\":" + TOKENS + "}}\n\ndata: [DONE]\n\n"));
        return new Answer(name, List.copyOf(buffers), TOKENS);
    }

    private static String token(int i, String inChoice, String inChunk) {
        return START + "{\"index\":0,\"delta\":{\"content\":\"" + WORDS[i % WORDS.length]
                + "\"},\"logprobs\":null,\"finish_reason\":null" + inChoice + "}]" + inChunk + "}\n\n";
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
