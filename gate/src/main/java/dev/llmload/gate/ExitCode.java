package dev.llmload.gate;

import dev.llmload.junit.run.RunVerdict;

/** What the process ends with. */
final class ExitCode {
    static final int PASSED = 0;
    static final int BROKEN = 1;
    static final int COULD_NOT_TELL = 2;
    static final int USAGE = 3;

    private ExitCode() {}

    static int of(RunVerdict.Answer answer) {
        return switch (answer) {
            case PASSED -> PASSED;
            case BROKEN -> BROKEN;
            case COULD_NOT_TELL -> COULD_NOT_TELL;
            case MISCONFIGURED, NOTHING_RAN -> USAGE;
        };
    }
}
