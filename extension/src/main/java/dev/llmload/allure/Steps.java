package dev.llmload.allure;

import dev.llmload.budget.LevelVerdict;
import dev.llmload.report.BudgetLine;
import dev.llmload.report.InvocationOutcome;
import dev.llmload.report.PhaseSpan;
import dev.llmload.report.TestReport;
import dev.llmload.result.LoadResult;
import dev.llmload.result.RequestCounts;
import dev.llmload.result.Window;
import io.qameta.allure.model.Status;
import io.qameta.allure.model.StatusDetails;
import io.qameta.allure.model.StepResult;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** The steps of a test case: what happened when, and how each budget was judged. Judging takes no time, but has one. */
final class Steps {
    private final Instant now;
    private final List<StepResult> all = new ArrayList<>();

    private Steps(Instant now) {
        this.now = now;
    }

    static List<StepResult> of(LevelVerdict level, InvocationOutcome outcome, List<PhaseSpan> phases, Instant now) {
        Steps steps = new Steps(now);
        steps.phases(level.result().window(), phases);
        BudgetLine.of(level).forEach(steps::budget);
        steps.besides(outcome);
        return steps.all;
    }

    static List<StepResult> of(TestReport test, Instant now) {
        Steps steps = new Steps(now);
        test.levels().forEach(level -> steps.level(level, test.outcome(level)));
        test.notRun().forEach(name -> steps.moment("not run: " + name, Status.SKIPPED));
        test.sweep().forEach(outcome -> steps.budget(BudgetLine.of(outcome)));
        test.besidesLevels().stream()
                .filter(outcome -> outcome.status() != dev.llmload.spi.Status.SKIPPED)
                .forEach(steps::besides);
        return steps.all;
    }

    private void phases(Window window, List<PhaseSpan> phases) {
        String counted = window.kind().word() + (window.kind() == Window.Kind.STEADY ? " window" : "") + ", ended by "
                + window.endedBy();
        if (phases.isEmpty()) {
            add(counted, Status.PASSED, now.minus(window.length()), now);
        }
        for (PhaseSpan phase : phases) {
            boolean measured = phase.name().equals("window")
                    || phase.name().equals(window.kind().word());
            add(measured ? counted : phase.name(), Status.PASSED, phase.start(), phase.stop());
        }
    }

    private void budget(BudgetLine line) {
        StepResult step = moment(line.sentence(), status(dev.llmload.spi.Status.of(line.verdict())));
        if (!line.note().isEmpty()) {
            step.setStatusDetails(new StatusDetails().setMessage(line.note()));
        }
    }

    private void besides(InvocationOutcome outcome) {
        outcome.besidesBudgets().forEach(cause -> moment(cause.sentence(), status(cause.status())));
    }

    private void level(LevelVerdict level, InvocationOutcome outcome) {
        LoadResult result = level.result();
        RequestCounts requests = result.requests();
        String throughput = result.throughput().isPresent()
                ? ", " + Math.round(result.throughput().value()) + " tok/s"
                : "";
        moment(
                result.level().name() + ": " + outcome.status().words() + ", " + requests.succeeded() + " of "
                        + requests.attempted() + " successful" + throughput,
                status(outcome.status()));
    }

    private StepResult moment(String name, Status status) {
        return add(name, status, now, now);
    }

    private StepResult add(String name, Status status, Instant start, Instant stop) {
        StepResult step = new StepResult()
                .setName(name)
                .setStatus(status)
                .setStart(start.toEpochMilli())
                .setStop(stop.toEpochMilli());
        all.add(step);
        return step;
    }

    private static Status status(dev.llmload.spi.Status verdict) {
        return switch (verdict) {
            case PASS -> Status.PASSED;
            case FAIL -> Status.FAILED;
            case ERROR, MISCONFIGURED, INCONCLUSIVE -> Status.BROKEN;
            case NOT_MEASURED, SKIPPED -> Status.SKIPPED;
        };
    }
}
