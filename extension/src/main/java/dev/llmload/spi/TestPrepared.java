package dev.llmload.spi;

import dev.llmload.result.Level;
import java.util.List;
import org.apiguardian.api.API;

/**
 * A test whose endpoint is ready. Immutable; holds no secret.
 *
 * @param test id of the test: {@code com.acme.ChatReleaseTest#chat}
 * @param displayName as JUnit shows it
 * @param levels what will be offered, in order
 * @param endpoint full URL of the completions endpoint
 * @param model name of the model in the requests
 * @param server what the server calls itself; empty if it does not, or was not asked
 * @param simulated whether it is the embedded simulator
 * @since 0.1
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.1")
public record TestPrepared(
        String test,
        String displayName,
        List<Level> levels,
        String endpoint,
        String model,
        String server,
        boolean simulated) {
    /** Copies the list. */
    public TestPrepared {
        levels = List.copyOf(levels);
    }
}
