package dev.llmload.samples;

import java.util.Locale;

/** Which samples cannot use the endpoint that {@code llmload.url} names, and are left out rather than sent elsewhere. */
final class OwnEndpoint {
    private OwnEndpoint() {}

    /** Whether there is one, and nobody named another to compare it with. */
    static boolean isTheOnlyOne() {
        return isNamed() && value("llmload.candidate.url").isEmpty();
    }

    /** Whether there is one, and no baseline of it. */
    static boolean isWithoutBaseline() {
        return isNamed() && value("llmload.baseline.file").isEmpty();
    }

    private static boolean isNamed() {
        return !value("llmload.url").isEmpty() && !value("llmload.url").startsWith("simulator");
    }

    private static String value(String key) {
        String variable =
                System.getenv().getOrDefault(key.toUpperCase(Locale.ROOT).replace('.', '_'), "");
        return System.getProperty(key, variable).strip();
    }
}
