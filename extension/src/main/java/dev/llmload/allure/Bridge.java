package dev.llmload.allure;

import dev.llmload.budget.LevelVerdict;
import dev.llmload.report.InvocationOutcome;
import dev.llmload.report.PhaseSpan;
import dev.llmload.report.TestReport;
import java.io.IOException;
import java.util.List;
import java.util.Map;

/** What can be told to Allure, in words that need no Allure. */
interface Bridge {
    void level(LevelVerdict level, InvocationOutcome outcome, List<PhaseSpan> phases) throws IOException;

    void sweep(TestReport test) throws IOException;

    void trend(String svg) throws IOException;

    void environment(Map<String, String> entries) throws IOException;
}
