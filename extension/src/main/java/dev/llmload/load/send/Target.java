package dev.llmload.load.send;

import dev.llmload.junit.TokenCount;
import dev.llmload.load.wire.Timeouts;
import dev.llmload.prompt.PromptSupply;
import dev.llmload.protocol.RequestBodies;
import dev.llmload.result.text.Secrets;
import java.net.URI;
import java.util.Optional;

/**
 * What the requests of a level have in common.
 *
 * @param endpoint where they go
 * @param bodies what they ask
 * @param includeUsage whether to ask for the usage
 * @param tokenCount where token counts may come from
 * @param timeouts limits of each
 * @param secrets to be kept out of every text
 * @param answers which answers are looked at
 */
public record Target(
        URI endpoint,
        RequestBodies bodies,
        boolean includeUsage,
        TokenCount tokenCount,
        Timeouts timeouts,
        Secrets secrets,
        Optional<AnswerSampling> answers) {
    /** What makes the bodies of one prompt alike. */
    private record How(RequestBodies bodies, boolean includeUsage) {}

    /** The body of a request: the one that was made ahead, unless the endpoint is asked in another way meanwhile. */
    public byte[] body(PromptSupply.Draw draw) {
        return draw.madeBy(how()).orElseGet(() -> make(draw));
    }

    /** Makes the body ahead, on a thread that no token waits for. */
    public PromptSupply.Draw prepared(PromptSupply.Draw draw) {
        return draw.with(how(), make(draw));
    }

    private How how() {
        return new How(bodies, includeUsage);
    }

    private byte[] make(PromptSupply.Draw draw) {
        return draw.output()
                .map(output -> bodies.streaming(draw.messages(), includeUsage, output.tokens(), output.pinned()))
                .orElseGet(() -> bodies.streaming(draw.messages(), includeUsage));
    }

    public Target withoutUsage() {
        return new Target(endpoint, bodies, false, tokenCount, timeouts, secrets, answers);
    }

    /** The same, but no answer is checked. */
    public Target withoutAnswers() {
        return new Target(endpoint, bodies, includeUsage, tokenCount, timeouts, secrets, Optional.empty());
    }

    @Override
    public String toString() {
        return "Target[" + endpoint + "]";
    }
}
