package dev.llmload.allure;

import dev.llmload.budget.LevelVerdict;
import dev.llmload.report.InvocationOutcome;
import dev.llmload.report.PhaseSpan;
import dev.llmload.report.TestReport;
import java.util.List;
import java.util.Map;

/** Allure is not there. */
final class NoAllure implements Bridge {
    @Override
    public void level(LevelVerdict level, InvocationOutcome outcome, List<PhaseSpan> phases) {}

    @Override
    public void sweep(TestReport test) {}

    @Override
    public void trend(String svg) {}

    @Override
    public void environment(Map<String, String> entries) {}
}
