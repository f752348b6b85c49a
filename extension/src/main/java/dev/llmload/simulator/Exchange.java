package dev.llmload.simulator;

import io.netty.channel.Channel;
import io.netty.channel.ChannelOption;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.net.impl.ConnectionBase;

/**
 * One request with all that its answer needs.
 *
 * @param http the request on the wire
 * @param request its checked body
 * @param plan what will become of it
 * @param format the bytes of its answer
 * @param settings the simulator's
 * @param readNanos when its body had been read
 */
record Exchange(
        HttpServerRequest http,
        CompletionRequest request,
        RequestPlan plan,
        AnswerFormat format,
        SimulatorSettings settings,
        long readNanos) {

    HttpServerResponse response() {
        return http.response();
    }

    String finishReason() {
        return plan.cut() ? "length" : "stop";
    }

    String usage(int output, int cached) {
        return AnswerFormat.usage(
                request.promptTokens(), output, cached, settings.wire().cacheDetails());
    }

    /** Closes the connection with an RST. Vert.x has no public way to do this. */
    void reset() {
        Channel channel = ((ConnectionBase) http.connection()).channel();
        channel.config().setOption(ChannelOption.SO_LINGER, 0);
        channel.close();
    }
}
