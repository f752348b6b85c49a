package dev.llmload.junit.run;

import dev.llmload.budget.BudgetViolationError;
import dev.llmload.budget.LoadInconclusiveException;
import dev.llmload.report.RunSummary.Entry;
import dev.llmload.report.RunSummary.Status;
import java.util.Arrays;
import java.util.Optional;
import org.junit.jupiter.api.extension.ExtensionConfigurationException;
import org.opentest4j.TestAbortedException;

/** What an invocation came to, by what it threw. */
final class InvocationOutcome {
    private InvocationOutcome() {}

    /** By what it threw. */
    static Entry of(String name, Throwable thrown) {
        return new Entry(name, status(thrown), message(thrown));
    }

    private static Status status(Throwable thrown) {
        if (thrown instanceof AssertionError || violation(thrown).isPresent()) {
            return Status.FAIL;
        }
        if (thrown instanceof LoadInconclusiveException) {
            return Status.NOT_MEASURED; // at least: what exactly, the run itself has found
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

    private static String message(Throwable thrown) {
        String own = String.valueOf(thrown.getMessage());
        if (own.isBlank() || thrown.getMessage() == null) {
            own = thrown.getClass().getName();
        } else if (status(thrown) == Status.ERROR
                && !thrown.getClass().getName().startsWith("dev.llmload.")) {
            own = thrown.getClass().getSimpleName() + ": " + own; // nobody wrote it for this place
        }
        String said = own;
        return violation(thrown).map(also -> said + "\n" + also.getMessage()).orElse(said);
    }
}
