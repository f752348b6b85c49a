package dev.llmload.load;

import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * An endpoint within the process that streams one canned answer as fast as it can: a role chunk, twenty tokens, usage,
 * {@code [DONE]}, each in a network buffer of its own. It only warms this JVM's code; nothing it says is measured.
 */
final class StubServer implements AutoCloseable {
    private static final int TOKENS = 20;
    private static final List<Buffer> ANSWER = answer();

    private final Vertx vertx = Vertx.vertx(new VertxOptions()
            .setEventLoopPoolSize(1)
            .setWorkerPoolSize(1)
            .setUseDaemonThread(true)
            // Would print stack traces where this machine is busy.
            .setBlockedThreadCheckInterval(TimeUnit.DAYS.toMillis(1)));
    private final HttpServer server;

    StubServer() {
        server = vertx.createHttpServer()
                .requestHandler(StubServer::serve)
                .listen(0, "127.0.0.1")
                .toCompletionStage()
                .toCompletableFuture()
                .join();
    }

    String url() {
        return "http://127.0.0.1:" + server.actualPort();
    }

    @Override
    public void close() {
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }

    private static void serve(HttpServerRequest request) {
        HttpServerResponse response = request.response();
        response.putHeader("Content-Type", "text/event-stream").setChunked(true);
        Context context = Vertx.currentContext();
        request.end().onSuccess(ignored -> context.runOnContext(next -> write(context, response, 0)));
    }

    private static void write(Context context, HttpServerResponse response, int at) {
        if (response.closed() || response.ended()) {
            return;
        }
        if (at == ANSWER.size()) {
            response.end();
        } else {
            response.write(ANSWER.get(at));
            context.runOnContext(next -> write(context, response, at + 1));
        }
    }

    private static List<Buffer> answer() {
        List<Buffer> events = new ArrayList<>();
        events.add(event("[{\"index\":0,\"delta\":{\"role\":\"assistant\",\"content\":\"\"},\"finish_reason\":null}]"));
        for (int i = 0; i < TOKENS; i++) {
            events.add(event("[{\"index\":0,\"delta\":{\"content\":\" word" + i + "\"},\"finish_reason\":null}]"));
        }
        events.add(event("[{\"index\":0,\"delta\":{},\"finish_reason\":\"stop\"}]"));
        events.add(
                event("[],\"usage\":{\"prompt_tokens\":9,\"completion_tokens\":" + TOKENS + ",\"total_tokens\":29}"));
        events.add(Buffer.buffer("data: [DONE]\n\n"));
        return events;
    }

    private static Buffer event(String choices) {
        return Buffer.buffer(
                "data: {\"id\":\"stub\",\"object\":\"chat.completion.chunk\",\"created\":1,\"model\":\"stub\","
                        + "\"choices\":" + choices + "}\n\n");
    }
}
