package dev.llmload.testkit;

import java.nio.charset.StandardCharsets;

/** HTTP responses and OpenAI events as text. */
public final class Http {
    public static final String ROLE =
            "data: {\"choices\":[{\"index\":0,\"delta\":{\"role\":\"assistant\",\"content\":\"\"}}]}\n\n";
    public static final String STOP = "data: {\"choices\":[{\"index\":0,\"delta\":{},\"finish_reason\":\"stop\"}]}\n\n";
    public static final String DONE = "data: [DONE]\n\n";
    public static final String LAST_CHUNK = "0\r\n\r\n";
    public static final String STREAM_HEAD =
            "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\n\r\n";

    private Http() {}

    /** An event with content. */
    public static String token(String text) {
        return "data: {\"choices\":[{\"index\":0,\"delta\":{\"content\":\"" + text + "\"}}]}\n\n";
    }

    /** A usage event. */
    public static String usage(int prompt, int completion) {
        return "data: {\"choices\":[],\"usage\":{\"prompt_tokens\":" + prompt + ",\"completion_tokens\":" + completion
                + "}}\n\n";
    }

    /** One HTTP chunk. */
    public static String chunk(String body) {
        return Integer.toHexString(body.getBytes(StandardCharsets.UTF_8).length) + "\r\n" + body + "\r\n";
    }

    /** A whole chunked event stream, each event a chunk. */
    public static String stream(String... events) {
        StringBuilder text = new StringBuilder(STREAM_HEAD);
        for (String event : events) {
            text.append(chunk(event));
        }
        return text.append(LAST_CHUNK).toString();
    }

    /** The answer that tests use when the answer does not matter: three tokens, usage, [DONE]. */
    public static String goodAnswer() {
        return stream(ROLE, token("a"), token("b"), token("c"), STOP, usage(7, 3), DONE);
    }

    /** A whole response with a length. */
    public static String response(int status, String contentType, String body) {
        return "HTTP/1.1 " + status + " Status\r\nContent-Type: " + contentType + "\r\nContent-Length: "
                + body.getBytes(StandardCharsets.UTF_8).length + "\r\n\r\n" + body;
    }

    /** A JSON response. */
    public static String json(int status, String body) {
        return response(status, "application/json", body);
    }

    /** What /v1/models answers. */
    public static String models(String... ids) {
        StringBuilder text = new StringBuilder("{\"object\":\"list\",\"data\":[");
        for (int i = 0; i < ids.length; i++) {
            text.append(i == 0 ? "" : ",").append("{\"id\":\"").append(ids[i]).append("\",\"object\":\"model\"}");
        }
        return json(200, text.append("]}").toString());
    }

    /** A plain completion. */
    public static String completion() {
        return json(200, "{\"choices\":[{\"message\":{\"role\":\"assistant\",\"content\":\"hi\"}}]}");
    }
}
