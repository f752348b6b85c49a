package dev.llmload.samples;

import dev.llmload.junit.BudgetFile;
import dev.llmload.junit.LlmEndpoint;
import dev.llmload.junit.LlmLoad;
import org.junit.jupiter.api.DisplayName;

/** The same test for every release: what it must hold stands in the release's own file. */
@DisplayName("Budgets of a release")
@LlmEndpoint(url = "simulator")
@BudgetFile("classpath:/budgets/${release:simulated-model/2026-11}.yaml")
class ReleaseBudgetsIT {

    @LlmLoad(
            concurrency = {4, 8},
            requests = 40)
    void chat() {}
}
