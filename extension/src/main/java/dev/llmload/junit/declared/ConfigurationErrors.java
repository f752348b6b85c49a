package dev.llmload.junit.declared;

import dev.llmload.config.UnsetPlaceholderException;
import dev.llmload.result.text.Printable;
import dev.llmload.result.text.Secrets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.junit.jupiter.api.extension.ExtensionConfigurationException;

/**
 * Collects everything that is wrong with one load test, so that all of it is reported at once. Before the test runs, what
 * nobody has set yet is no mistake: a {@code @BeforeAll} may set it. It is noted apart.
 */
public final class ConfigurationErrors {
    private final String where;
    private final boolean early;
    private final List<String> sentences;
    private final List<String> unknown;

    private ConfigurationErrors(String where, boolean early, List<String> sentences, List<String> unknown) {
        this.where = where;
        this.early = early;
        this.sentences = sentences;
        this.unknown = unknown;
    }

    /** Of a test that is about to run: everything must be known. */
    public ConfigurationErrors(String where) {
        this(where, false, new ArrayList<>(), new ArrayList<>());
    }

    /** The same mistakes, for values that may be set later; what is unknown of those is a list of its own. */
    ConfigurationErrors early() {
        return new ConfigurationErrors(where, true, sentences, new ArrayList<>());
    }

    /** Whether values may be set later. */
    boolean isEarly() {
        return early;
    }

    void add(String sentence) {
        String shown = Printable.lines(Secrets.none().redact(sentence));
        if (!sentences.contains(shown)) {
            sentences.add(shown);
        }
    }

    /** Notes a value that only the running test knows. */
    void unknown(String what) {
        if (!unknown.contains(what)) {
            unknown.add(what);
        }
    }

    /** What only the running test knows, in words: {@code `url` of @LlmEndpoint: ${chat.port}}. */
    List<String> unknown() {
        return List.copyOf(unknown);
    }

    /** Whether nothing is wrong so far, and nothing unknown. */
    boolean none() {
        return sentences.isEmpty() && unknown.isEmpty();
    }

    /** The value, or the fallback after noting what was wrong with it, or that it is not known yet. */
    <T> T collect(String origin, T fallback, Supplier<T> value) {
        String lead = origin.isEmpty() ? "" : origin + ": ";
        try {
            return value.get();
        } catch (UnsetPlaceholderException e) {
            if (early) {
                unknown(lead + e.placeholder());
            } else {
                add(lead + e.getMessage());
            }
        } catch (IllegalArgumentException e) {
            add(lead + e.getMessage());
        }
        return fallback;
    }

    /** Refuses the test if anything was wrong. */
    public void throwIfAny() {
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
