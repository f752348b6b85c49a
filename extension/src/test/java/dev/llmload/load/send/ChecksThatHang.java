package dev.llmload.load.send;

import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** Answer checks that count as hanging after two seconds instead of ten, so that a test need not wait as long. */
public final class ChecksThatHang {
    private ChecksThatHang() {}

    /** Holds while the work is done, in the whole JVM. */
    public static <T> T foundEarly(Supplier<T> work) {
        AnswerChecker.Patience before = AnswerChecker.Patience.usual();
        AnswerChecker.Patience.replaceUsual(new AnswerChecker.Patience(before.all(), TimeUnit.SECONDS.toNanos(2)));
        try {
            return work.get();
        } finally {
            AnswerChecker.Patience.replaceUsual(before);
        }
    }
}
