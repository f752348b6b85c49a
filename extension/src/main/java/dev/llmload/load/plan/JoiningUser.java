package dev.llmload.load.plan;

import dev.llmload.load.send.LoadLoop;
import dev.llmload.load.send.RequestSource;

/** A user who sends its first request so long after the window has opened. Confined to its event loop. */
final class JoiningUser implements RequestSource {
    private final VirtualUser user;
    private final long afterNanos;

    JoiningUser(VirtualUser user, long afterNanos) {
        this.user = user;
        this.afterNanos = afterNanos;
    }

    @Override
    public LoadLoop loop() {
        return user.loop();
    }

    @Override
    public void begin() {
        loop().wire().execute(user::await);
    }

    @Override
    public void opened(long nanos) {
        user.beginAt(nanos + afterNanos);
    }

    @Override
    public void cut(long now, String reason, boolean countUnsent) {
        user.cut(now, reason, countUnsent);
    }

    @Override
    public void drained() {
        user.drained();
    }
}
