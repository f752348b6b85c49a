package dev.llmload.junit.run;

import java.util.Optional;
import java.util.function.Consumer;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.TestWatcher;

/** Tells the load test how one invocation ended, with whatever failed in it: the body, its callbacks, the verdict. */
final class OutcomeWatcher implements TestWatcher {
    private final Consumer<Optional<Throwable>> ended;

    OutcomeWatcher(Consumer<Optional<Throwable>> ended) {
        this.ended = ended;
    }

    @Override
    public void testSuccessful(ExtensionContext context) {
        ended.accept(Optional.empty());
    }

    @Override
    public void testAborted(ExtensionContext context, Throwable cause) {
        ended.accept(Optional.ofNullable(cause));
    }

    @Override
    public void testFailed(ExtensionContext context, Throwable cause) {
        ended.accept(Optional.ofNullable(cause));
    }
}
