package dev.llmload.simulator;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerResponse;

/** Answers that are not generated. */
final class Replies {
    private Replies() {}

    static void json(HttpServerResponse response, int status, Buffer body) {
        response.setStatusCode(status);
        response.putHeader("Content-Type", "application/json");
        response.end(body);
    }

    static void error(HttpServerResponse response, int status, String type, String message) {
        json(response, status, Buffer.buffer(AnswerFormat.error(status, type, message)));
    }
}
