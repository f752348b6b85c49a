package dev.llmload.load;

import dev.llmload.junit.Api;
import dev.llmload.junit.TokenCount;
import dev.llmload.load.plan.WarmUpLoad;
import dev.llmload.load.send.LoadLoop;
import dev.llmload.load.send.Target;
import dev.llmload.load.wire.ConnectionReuse;
import dev.llmload.load.wire.LoopGroup;
import dev.llmload.load.wire.Timeouts;
import dev.llmload.metric.Objectives;
import dev.llmload.prompt.PromptSupply;
import dev.llmload.protocol.ApiUrl;
import dev.llmload.protocol.RequestBodies;
import dev.llmload.result.ChatMessage;
import dev.llmload.result.text.Secrets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Runs the whole path — connect, send, decode, record — at full speed against a {@link StubServer} once per JVM, because
 * the first requests of a cold JVM are measured wrong by 100 ms and more.
 */
final class CodeWarmUp {
    private static final Duration LENGTH = Duration.ofMillis(2500);
    private static final int MOST_REQUESTS = 30_000;
    private static final int USERS = 8;

    private static boolean done;

    private CodeWarmUp() {}

    /** Does it unless it was done; takes 2.5 s the first time. */
    static synchronized void once() {
        if (!done) {
            done = true;
            run(MOST_REQUESTS, LENGTH);
        }
    }

    static LevelEnd run(int requests, Duration length) {
        try (StubServer stub = new StubServer()) {
            ApiUrl url = ApiUrl.parse(stub.url());
            Target target = new Target(
                    url.chat(),
                    new RequestBodies(Api.CHAT, "stub", 20, 0.7, ""),
                    true,
                    TokenCount.USAGE,
                    Timeouts.defaults(),
                    Secrets.none(),
                    Optional.empty());
            PromptSupply.Draw draw = new PromptSupply.Draw(List.of(new ChatMessage("user", "Say twenty words.")), 0);
            try (LoopGroup group =
                    new LoopGroup(url.chat(), Map.of(), target.timeouts().connect(), new ConnectionReuse())) {
                List<LoadLoop> loop = LoadLoop.on(group.wires(1), target.endpoint(), Objectives.NONE);
                return new LevelRun(
                                WarmUpLoad.of(requests, USERS, length),
                                LevelSetup.warmUp(target, () -> draw, loop, new LoadListener() {}))
                        .run();
            }
        }
    }
}
