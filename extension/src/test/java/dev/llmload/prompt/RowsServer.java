package dev.llmload.prompt;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.function.IntFunction;

/** A server that speaks the rows API of the datasets server: one data set of generated rows. */
public final class RowsServer implements AutoCloseable {
    public final List<String> asked = Collections.synchronizedList(new ArrayList<>());
    public final List<String> authorizations = Collections.synchronizedList(new ArrayList<>());

    static {
        // Head and body are written apart: without this each answer waits 40 ms for an acknowledgement.
        System.setProperty("sun.net.httpserver.nodelay", "true");
    }

    private final HttpServer server;
    private final Queue<Answer> first = new ArrayDeque<>();
    private final int rows;
    private final IntFunction<String> row;

    record Answer(int status, String retryAfter, String body) {}

    private RowsServer(HttpServer server, int rows, IntFunction<String> row) {
        this.server = server;
        this.rows = rows;
        this.row = row;
    }

    /** Rows are JSON objects {@code {"row_idx": …, "row": {…}, "truncated_cells": […]}}. */
    public static RowsServer start(int rows, IntFunction<String> row) {
        try {
            HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            RowsServer made = new RowsServer(server, rows, row);
            server.createContext("/", made::answer);
            server.start();
            return made;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Rows of an instruction, an input and an output, as Alpaca has them. */
    public static RowsServer alpaca(int rows) {
        return start(
                rows,
                i -> row(i, "{\"instruction\": \"Task " + i + ": do it well\", \"input\": \"\", \"output\": \"o\"}"));
    }

    public static String row(int i, String json) {
        return "{\"row_idx\": " + i + ", \"row\": " + json + ", \"truncated_cells\": []}";
    }

    /** What is answered before the rows, in this order. */
    public RowsServer answering(int status, String retryAfter, String body) {
        first.add(new Answer(status, retryAfter, body));
        return this;
    }

    public URI url() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    private void answer(HttpExchange exchange) throws IOException {
        asked.add(exchange.getRequestURI().toString());
        authorizations.add(String.valueOf(exchange.getRequestHeaders().getFirst("Authorization")));
        Answer answer = first.isEmpty() ? right(exchange) : first.remove();
        if (!answer.retryAfter().isEmpty()) {
            exchange.getResponseHeaders().add("Retry-After", answer.retryAfter());
        }
        byte[] bytes = answer.body().getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(answer.status(), bytes.length == 0 ? -1 : bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    private Answer right(HttpExchange exchange) {
        Map<String, String> query = new HashMap<>();
        for (String pair : exchange.getRequestURI().getRawQuery().split("&")) {
            query.put(pair.split("=", 2)[0], URLDecoder.decode(pair.split("=", 2)[1], StandardCharsets.UTF_8));
        }
        if (!query.get("dataset").equals("tatsu-lab/alpaca")) {
            return new Answer(404, "", "{\"error\": \"The dataset does not exist.\"}");
        }
        if (exchange.getRequestURI().getPath().equals("/splits")) {
            return new Answer(
                    200,
                    "",
                    "{\"splits\": [{\"dataset\": \"tatsu-lab/alpaca\", \"config\": \"default\", \"split\": \"train\"}]}");
        }
        int offset = Integer.parseInt(query.get("offset"));
        int length = Math.min(Integer.parseInt(query.get("length")), 100);
        StringBuilder page = new StringBuilder(
                "{\"features\": [{\"feature_idx\": 0, \"name\": \"instruction\"},"
                        + " {\"feature_idx\": 1, \"name\": \"input\"}, {\"feature_idx\": 2, \"name\": \"output\"}], \"rows\": [");
        for (int i = offset; i < Math.min(offset + length, rows); i++) {
            page.append(i == offset ? "" : ",").append(row.apply(i));
        }
        return new Answer(
                200,
                "",
                page.append("], \"num_rows_total\": " + rows + ", \"partial\": false}")
                        .toString());
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
