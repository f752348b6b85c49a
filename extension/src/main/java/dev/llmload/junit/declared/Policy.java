package dev.llmload.junit.declared;

import java.util.Locale;

/** What a verdict that is neither pass nor fail does to the test. */
public enum Policy {
    /** The test fails. */
    FAIL,
    /** The test is aborted, which reports show as skipped. */
    ABORT,
    /** A warning is printed. */
    WARN;

    static Policy parse(String text, Policy... allowed) {
        for (Policy policy : allowed) {
            if (policy.word().equals(text.toLowerCase(Locale.ROOT))) {
                return policy;
            }
        }
        StringBuilder words = new StringBuilder();
        for (Policy policy : allowed) {
            words.append(words.isEmpty() ? "" : ", ")
                    .append('`')
                    .append(policy.word())
                    .append('`');
        }
        throw new IllegalArgumentException("must be one of " + words + ", but was `" + text + "`");
    }

    private String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
