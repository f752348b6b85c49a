package dev.llmload.load.send;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmload.junit.Api;
import dev.llmload.junit.TokenCount;
import dev.llmload.load.wire.Timeouts;
import dev.llmload.prompt.OutputLength;
import dev.llmload.prompt.PromptSupply.Draw;
import dev.llmload.protocol.RequestBodies;
import dev.llmload.result.ChatMessage;
import dev.llmload.result.request.RequestRecord;
import dev.llmload.result.text.Secrets;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** A body that was made ahead is sent as it is; it is made anew only where the endpoint is asked in another way. */
class TargetTests {
    private static final Draw DRAW = new Draw(
            List.of(new ChatMessage("user", "Why?")),
            1,
            Optional.of(new OutputLength(7, true)),
            RequestRecord.PromptOrigin.UNKNOWN);

    private static Target target(String model) {
        return new Target(
                URI.create("http://localhost:1/v1/chat/completions"),
                new RequestBodies(Api.CHAT, model, 20, 0.7, "{\"top_k\": 3}"),
                true,
                TokenCount.USAGE,
                Timeouts.defaults(),
                Secrets.none(),
                Optional.empty());
    }

    @Test
    void madeAhead_isWhatWouldBeMadeNow() {
        Draw prepared = target("m").prepared(DRAW);
        byte[] body = target("m").body(prepared);
        assertThat(body)
                .isSameAs(prepared.made().orElseThrow().body())
                .isEqualTo(target("m").body(DRAW));
        assertThat(body).asString(StandardCharsets.UTF_8).contains("\"Why?\"", "\"min_tokens\":7", "\"top_k\":3");
    }

    @Test
    void forAnotherModel_orWithoutUsage_itIsMadeAnew() {
        Draw prepared = target("m").prepared(DRAW);
        assertThat(target("other").body(prepared))
                .asString(StandardCharsets.UTF_8)
                .contains("\"model\":\"other\"");
        assertThat(target("m").withoutUsage().body(prepared))
                .asString(StandardCharsets.UTF_8)
                .doesNotContain("stream_options");
    }
}
