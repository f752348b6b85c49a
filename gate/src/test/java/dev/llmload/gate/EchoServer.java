package dev.llmload.gate;

import com.fasterxml.jackson.databind.node.TextNode;
import dev.llmload.testkit.Connection;
import dev.llmload.testkit.Http;
import dev.llmload.testkit.ScriptedServer;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A server that puts given texts into every place of an answer from which something is read: error bodies of several kinds,
 * error events, chunks, finish reasons, the head, the list of models.
 */
final class EchoServer implements AutoCloseable {
    private static final int GOOD = 6;

    private final List<String> texts;
    private final List<String> answers = new ArrayList<>();
    private final AtomicInteger streams = new AtomicInteger();
    private final boolean refusing;
    private final ScriptedServer server;

    private EchoServer(List<String> texts, boolean refusing) {
        this.texts = texts;
        this.refusing = refusing;
        for (String text : texts) {
            answers.addAll(carriers(text));
        }
        this.server = ScriptedServer.start(this::serve);
    }

    /** One that answers a few requests and then everything else. */
    static EchoServer failing(List<String> texts) {
        return new EchoServer(texts, false);
    }

    /** One that is no good from the start. */
    static EchoServer refusing(List<String> texts) {
        return new EchoServer(texts, true);
    }

    String url() {
        return server.url();
    }

    /** How many different answers there are. */
    int answers() {
        return answers.size();
    }

    private List<String> carriers(String text) {
        String json = json(text);
        String head = header(text);
        return List.of(
                Http.json(500, "{\"error\":{\"message\":" + json + ",\"type\":" + json + ",\"code\":" + json + "}}"),
                Http.response(429, "text/plain", text),
                Http.response(400, "text/html", "<html>" + text + "</html>"),
                Http.stream(Http.token("a"), "data: {\"error\":{\"message\":" + json + "}}\n\n"),
                Http.stream(Http.token("a"), "data: {" + text.replaceAll("[\r\n]", " ") + "\n\n"),
                Http.stream(
                        Http.token("a"),
                        "data: {\"choices\":[{\"index\":0,\"delta\":{},\"finish_reason\":" + json + "}]}\n\n",
                        Http.usage(7, 1),
                        Http.DONE),
                Http.stream("event: error\ndata: " + json + "\n\n"),
                Http.response(200, "text/html", text),
                "HTTP/1.1 503 " + head + "\r\nServer: " + head + "\r\nContent-Type: application/" + head
                        + "\r\nRetry-After: " + head + "\r\nContent-Length: 0\r\n\r\n",
                "HTTP/1.1 302 Found\r\nLocation: http://elsewhere/?" + head + "\r\nContent-Length: 0\r\n\r\n",
                "HTTP/1.1 " + head + "\r\n\r\n");
    }

    private void serve(Connection connection) throws IOException {
        while (true) {
            Connection.Request request = connection.request();
            if (request.path().contains("/models")) {
                connection.send(Http.json(200, models()));
            } else if (!request.path().contains("completions")) {
                connection.send(Http.response(404, "text/plain", texts.get(0)));
            } else if (refusing) {
                connection.send(answers.get(streams.getAndIncrement() % 3));
            } else if (!request.body().contains("\"stream\":true")) {
                connection.send(withServer(Http.completion()));
            } else {
                int n = streams.getAndIncrement();
                connection.send(n < GOOD ? withServer(Http.goodAnswer()) : answers.get((n - GOOD) % answers.size()));
                if (n >= GOOD) {
                    return; // some of these answers are no HTTP: what follows on the connection would be at their mercy
                }
            }
        }
    }

    private String models() {
        List<String> ids = new ArrayList<>();
        texts.forEach(text -> ids.add("{\"id\":" + json(text) + "}"));
        return "{\"object\":\"list\",\"data\":[" + String.join(",", ids) + "]}";
    }

    private String withServer(String answer) {
        return answer.replaceFirst(
                "\r\n", java.util.regex.Matcher.quoteReplacement("\r\nServer: srv " + header(texts.get(0)) + "\r\n"));
    }

    private static String header(String text) {
        return text.replaceAll("[^\\x20-\\x7E\\x80-\\x9F]", "");
    }

    private static String json(String text) {
        return TextNode.valueOf(text).toString();
    }

    @Override
    public void close() {
        server.close();
    }
}
