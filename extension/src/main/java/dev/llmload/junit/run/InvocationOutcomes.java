package dev.llmload.junit.run;

import dev.llmload.load.preflight.EndpointUnusableException;
import dev.llmload.report.Cause;
import dev.llmload.report.Cause.Kind;
import dev.llmload.report.InvocationOutcome;
import dev.llmload.result.BudgetViolationError;
import dev.llmload.result.LoadInconclusiveException;
import dev.llmload.result.text.Secrets;
import dev.llmload.spi.Status;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.extension.ExtensionConfigurationException;
import org.opentest4j.TestAbortedException;

/** What an invocation came to: what was measured, and what it threw. The one place that decides it. */
final class InvocationOutcomes {
    private InvocationOutcomes() {}

    /**
     * By what it threw alone.
     *
     * @param name its display name, or empty
     * @param thrown with what else failed as suppressed ones
     */
    static InvocationOutcome of(String name, Throwable thrown) {
        return with(InvocationOutcome.decided(name, List.of(), ""), Optional.of(thrown), Secrets.none());
    }

    /**
     * What is known so far, with what it threw.
     *
     * @param known by its budgets
     * @param thrown if anything
     * @param secrets of the test, kept out of what its own errors say
     */
    static InvocationOutcome with(InvocationOutcome known, Optional<Throwable> thrown, Secrets secrets) {
        if (thrown.isEmpty()) {
            return known;
        }
        String message = secrets.redact(message(thrown.get()));
        return known.and(causes(known, thrown.get(), secrets), message);
    }

    // What a verdict threw adds nothing where its budgets are known.
    private static List<Cause> causes(InvocationOutcome known, Throwable thrown, Secrets secrets) {
        boolean verdict = isVerdict(thrown);
        if (verdict && known.status().compareTo(status(thrown)) >= 0) {
            return List.of();
        }
        Kind kind = verdict ? Kind.ATTEMPT : kind(thrown);
        List<Cause> own = InvocationOutcome.causes(kind, status(thrown), secrets.redact(own(thrown)));
        return violation(thrown)
                .filter(also -> known.status() != Status.FAIL)
                .map(also -> InvocationOutcome.causes(Kind.BUDGET, Status.FAIL, secrets.redact(text(also))))
                .map(more -> java.util.stream.Stream.concat(own.stream(), more.stream())
                        .toList())
                .orElse(own);
    }

    private static boolean isVerdict(Throwable thrown) {
        return thrown instanceof BudgetViolationError
                || thrown instanceof LoadInconclusiveException
                || thrown instanceof VerdictAbortedException;
    }

    private static Kind kind(Throwable thrown) {
        if (thrown instanceof EndpointUnusableException || thrown instanceof HostBusyException) {
            return Kind.ENDPOINT;
        }
        if (thrown instanceof ExtensionConfigurationException) {
            return Kind.CONFIGURATION;
        }
        return thrown instanceof NotRunException ? Kind.NOT_RUN : Kind.BODY;
    }

    private static Status status(Throwable thrown) {
        if (thrown instanceof AssertionError) {
            return Status.FAIL;
        }
        if (thrown instanceof LoadInconclusiveException) {
            return Status.NOT_MEASURED; // at least: what exactly, its budgets say
        }
        if (thrown instanceof TestAbortedException) {
            return Status.SKIPPED;
        }
        return thrown instanceof ExtensionConfigurationException ? Status.MISCONFIGURED : Status.ERROR;
    }

    private static Optional<Throwable> violation(Throwable thrown) {
        return Arrays.stream(thrown.getSuppressed())
                .filter(BudgetViolationError.class::isInstance)
                .findFirst();
    }

    private static String text(Throwable thrown) {
        String own = thrown.getMessage();
        return own == null || own.isBlank() ? thrown.getClass().getName() : own;
    }

    private static String own(Throwable thrown) {
        String text = text(thrown);
        boolean foreign = status(thrown) == Status.ERROR
                && !thrown.getClass().getName().startsWith("dev.llmload.")
                && !text.equals(thrown.getClass().getName());
        return foreign ? thrown.getClass().getSimpleName() + ": " + text : text; // nobody wrote it for this place
    }

    private static String message(Throwable thrown) {
        return violation(thrown).map(also -> own(thrown) + "\n" + text(also)).orElseGet(() -> own(thrown));
    }
}
