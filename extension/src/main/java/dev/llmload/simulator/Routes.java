package dev.llmload.simulator;

import dev.llmload.exposition.MetricsText;
import dev.llmload.simulator.engine.EngineModel;
import dev.llmload.simulator.engine.GpuMeter;
import dev.llmload.simulator.engine.Ledger;
import io.netty.channel.EventLoop;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.List;

/** Who answers which path. Confined to the simulator's event loop. */
final class Routes {
    private final SimulatorSettings settings;
    private final Ledger ledger;
    private final Backend backend;
    private final long startNanos = System.nanoTime();
    private final long createdSeconds = System.currentTimeMillis() / 1000;
    private long number;
    private long preflights;
    private long answers;

    Routes(SimulatorSettings settings, Ledger ledger, List<GpuMeter> gpus, EventLoop loop) {
        this.settings = settings;
        this.ledger = ledger;
        this.backend = settings.engine().isPresent()
                ? new BatchBackend(settings.engine().get(), settings.replicas().stickyHeader(), ledger, gpus, loop)
                : new TimedBackend(settings.timing(), ledger, gpus.get(0), loop);
    }

    void handle(HttpServerRequest http) {
        HttpServerResponse response = http.response();
        response.putHeader("Server", "llm-load-simulator");
        if (System.nanoTime() - startNanos < settings.slowStart().toNanos()) {
            response.putHeader("Retry-After", "1");
            Replies.error(response, 503, "unavailable_error", "Loading model");
            return;
        }
        String path = http.path() == null ? "" : http.path();
        switch (path) {
            case "/health" -> {
                if (allows(http, HttpMethod.GET)) {
                    Replies.json(response, 200, Buffer.buffer("{\"status\":\"ok\"}"));
                }
            }
            case "/metrics" -> {
                if (allows(http, HttpMethod.GET)) {
                    response.putHeader("Content-Type", MetricsText.CONTENT_TYPE);
                    response.end(metrics());
                }
            }
            case "/v1/models" -> {
                if (allows(http, HttpMethod.GET) && authorized(http)) {
                    Replies.json(response, 200, models());
                }
            }
            case "/v1/chat/completions", "/v1/completions" -> {
                if (allows(http, HttpMethod.POST) && authorized(http)) {
                    http.body().onSuccess(body -> completion(http, path.endsWith("/chat/completions"), body));
                }
            }
            default ->
                Replies.error(
                        response,
                        404,
                        "NotFoundError",
                        "no such path: " + path + "; this simulator serves /v1/chat/completions, /v1/completions,"
                                + " /v1/models, /health and /metrics");
        }
    }

    private void completion(HttpServerRequest http, boolean chat, Buffer body) {
        long readNanos = System.nanoTime();
        ledger.request();
        CompletionRequest request;
        try {
            request = accept(CompletionRequest.parse(chat, body.getBytes()));
        } catch (BadRequestException e) {
            Replies.error(http.response(), e.status(), e.type(), String.valueOf(e.getMessage()));
            return;
        }
        // Pre-flights have numbers of their own, so that a run's draws do not depend on how often its client asked.
        long n = request.isPreflight() ? --preflights : number++;
        RequestPlan plan = RequestPlan.draw(settings, request, n);
        if (plan.has(Fault.ERROR) || plan.has(Fault.RATE_LIMIT)) {
            refuse(http.response(), plan);
            return;
        }
        AnswerFormat format = new AnswerFormat(chat, request.model(), ++answers, createdSeconds);
        backend.accept(new Exchange(http, request, plan, format, settings, readNanos));
    }

    private CompletionRequest accept(CompletionRequest request) throws BadRequestException {
        if (request.streamOptions() && settings.wire().rejectStreamOptions()) {
            throw BadRequestException.invalid("Unrecognized request argument supplied: stream_options");
        }
        if (!settings.anyModel() && !request.model().equals(settings.model())) {
            throw new BadRequestException(404, "NotFoundError", "The model `" + request.model() + "` does not exist.");
        }
        int most = settings.engine().map(EngineModel::maxContext).orElse(Integer.MAX_VALUE);
        if (request.promptTokens() >= most) {
            throw BadRequestException.invalid("This model's maximum context length is " + most
                    + " tokens. However, your request has " + request.promptTokens()
                    + " input tokens (characters / 4). Please reduce the length of the input messages.");
        }
        return request;
    }

    private void refuse(HttpServerResponse response, RequestPlan plan) {
        ledger.fault(plan.fault().orElseThrow());
        if (plan.has(Fault.RATE_LIMIT)) {
            response.putHeader("Retry-After", "1");
            Replies.error(response, 429, "RateLimitError", "too many requests (a simulated fault)");
        } else {
            Replies.error(
                    response,
                    settings.faults().errorStatus(),
                    "InternalServerError",
                    "it went wrong (a simulated fault)");
        }
    }

    private String metrics() {
        MetricsText text = new MetricsText(settings.model());
        backend.metrics(text);
        text.counters("vllm:request_success_total", "Answers that completed.", "finished_reason", ledger.finished());
        return text.toString();
    }

    private Buffer models() {
        return Buffer.buffer("{\"object\":\"list\",\"data\":[{\"id\":\"" + AnswerFormat.quoted(settings.model())
                + "\",\"object\":\"model\",\"created\":" + createdSeconds + ",\"owned_by\":\"llm-load\"}]}");
    }

    private static boolean allows(HttpServerRequest http, HttpMethod method) {
        if (http.method().equals(method)) {
            return true;
        }
        http.response().putHeader("Allow", method.name());
        Replies.error(
                http.response(), 405, "MethodNotAllowed", http.path() + " takes " + method + ", not " + http.method());
        return false;
    }

    private boolean authorized(HttpServerRequest http) {
        if (settings.apiKey().isEmpty()) {
            return true;
        }
        String given = http.getHeader("Authorization") == null ? "" : http.getHeader("Authorization");
        boolean right = MessageDigest.isEqual(
                given.getBytes(StandardCharsets.UTF_8),
                ("Bearer " + settings.apiKey()).getBytes(StandardCharsets.UTF_8));
        if (!right) {
            Replies.error(http.response(), 401, "AuthenticationError", "Incorrect API key provided.");
        }
        return right;
    }
}
