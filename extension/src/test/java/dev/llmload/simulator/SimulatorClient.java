package dev.llmload.simulator;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** What the simulator's tests need of a client. */
public final class SimulatorClient {
    private static final HttpClient HTTP =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    static final JsonMapper JSON = new JsonMapper();

    private SimulatorClient() {}

    static HttpResponse<String> get(Simulator simulator, String path) {
        return send(HttpRequest.newBuilder(URI.create(simulator.url() + path)));
    }

    static HttpResponse<String> post(Simulator simulator, String path, String body, String... headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(simulator.url() + path))
                .POST(HttpRequest.BodyPublishers.ofString(body));
        if (headers.length > 0) {
            request.headers(headers);
        }
        return send(request);
    }

    public static HttpResponse<String> chat(Simulator simulator, String fields) {
        return post(simulator, "/v1/chat/completions", chatBody(fields));
    }

    static String chatBody(String fields) {
        return "{\"model\":\"simulated-model\",\"messages\":[{\"role\":\"user\",\"content\":\"hello, world\"}]"
                + (fields.isEmpty() ? "" : "," + fields) + "}";
    }

    private static HttpResponse<String> send(HttpRequest.Builder request) {
        try {
            return HTTP.send(request.build(), HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    /** The payloads of a stream, {@code [DONE]} included. */
    static List<String> payloads(HttpResponse<String> response) {
        List<String> payloads = new ArrayList<>();
        for (String event : response.body().split("\n\n")) {
            if (!event.startsWith("data: ")) {
                throw new AssertionError("not an event: " + event);
            }
            payloads.add(event.substring(6));
        }
        return payloads;
    }

    static JsonNode json(String text) {
        try {
            return JSON.readTree(text);
        } catch (IOException e) {
            throw new AssertionError(text, e);
        }
    }

    static List<String> contents(List<String> payloads) {
        return payloads.stream()
                .filter(p -> p.startsWith("{"))
                .map(p -> json(p).at("/choices/0/delta/content").asText(""))
                .filter(text -> !text.isEmpty())
                .toList();
    }

    /** A connection of its own with one request written to it. */
    static Socket open(Simulator simulator, String body) throws IOException {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), simulator.port());
        socket.setSoTimeout(20_000);
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        socket.getOutputStream()
                .write(("POST /v1/chat/completions HTTP/1.1\r\nHost: localhost\r\nContent-Length: " + bytes.length
                                + "\r\n\r\n" + body)
                        .getBytes(StandardCharsets.UTF_8));
        return socket;
    }

    /** Reads until the text has come; what came before it is dropped. */
    static void readUntil(Socket socket, String text) throws IOException {
        StringBuilder seen = new StringBuilder();
        InputStream in = socket.getInputStream();
        while (seen.indexOf(text) < 0) {
            int c = in.read();
            if (c < 0) {
                throw new AssertionError("ended before \"" + text + "\": " + seen);
            }
            seen.append((char) c);
        }
    }

    static void await(BooleanSupplier condition) {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > deadline) {
                throw new AssertionError("still not so after 20 s");
            }
            Thread.onSpinWait();
        }
    }
}
