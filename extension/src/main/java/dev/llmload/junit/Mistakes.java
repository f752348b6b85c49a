package dev.llmload.junit;

import dev.llmload.result.Printable;
import dev.llmload.result.Secrets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.junit.jupiter.api.extension.ExtensionConfigurationException;

/** Collects everything that is wrong with one load test, so that all of it is reported at once. */
final class Mistakes {
    private final String where;
    private final List<String> sentences = new ArrayList<>();

    Mistakes(String where) {
        this.where = where;
    }

    void add(String sentence) {
        String shown = Printable.lines(Secrets.none().redact(sentence));
        if (!sentences.contains(shown)) {
            sentences.add(shown);
        }
    }

    /** Whether nothing is wrong so far. */
    boolean none() {
        return sentences.isEmpty();
    }

    /** The value, or the fallback after noting what was wrong with it. */
    <T> T collect(String origin, T fallback, Supplier<T> value) {
        try {
            return value.get();
        } catch (IllegalArgumentException e) {
            add(origin.isEmpty() ? e.getMessage() : origin + ": " + e.getMessage());
            return fallback;
        }
    }

    /** Refuses the test if anything was wrong. */
    void throwIfAny() {
        if (sentences.isEmpty()) {
            return;
        }
        StringBuilder message = new StringBuilder("Load test not configured: ").append(where);
        for (String sentence : sentences) {
            message.append("\n  - ").append(sentence.replace("\n", "\n    "));
        }
        throw new ExtensionConfigurationException(message.toString());
    }
}
