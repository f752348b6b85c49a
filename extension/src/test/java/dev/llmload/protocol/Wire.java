package dev.llmload.protocol;

import java.nio.charset.StandardCharsets;

/** Bytes as servers send them. */
final class Wire {
    static final String ROLE =
            "data: {\"choices\":[{\"index\":0,\"delta\":{\"role\":\"assistant\",\"content\":\"\"}}]}\n\n";
    static final String STOP = "data: {\"choices\":[{\"index\":0,\"delta\":{},\"finish_reason\":\"stop\"}]}\n\n";
    static final String DONE = "data: [DONE]\n\n";

    private Wire() {}

    /** A chunk with content. */
    static String content(String text) {
        return delta("\"content\":\"" + text + "\"");
    }

    /** A chunk whose delta has these members. */
    static String delta(String members) {
        return "data: {\"choices\":[{\"index\":0,\"delta\":{" + members + "}}]}\n\n";
    }

    /** A usage chunk of its own. */
    static String usage(int prompt, int completion) {
        return "data: {\"choices\":[],\"usage\":" + counts(prompt, completion) + "}\n\n";
    }

    /** A chunk with content and usage. */
    static String contentAndUsage(String text, int prompt, int completion) {
        return "data: {\"choices\":[{\"index\":0,\"delta\":{\"content\":\"" + text + "\"}}],\"usage\":"
                + counts(prompt, completion) + "}\n\n";
    }

    static String counts(int prompt, int completion) {
        return "{\"prompt_tokens\":" + prompt + ",\"completion_tokens\":" + completion + "}";
    }

    static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
