package dev.llmload.samples;

import dev.llmload.junit.Budget;
import dev.llmload.junit.ComputeType;
import dev.llmload.junit.Cost;
import dev.llmload.junit.GpuTelemetry;
import dev.llmload.junit.LlmEndpoint;
import dev.llmload.junit.LlmLoad;
import dev.llmload.junit.LlmRequest;
import dev.llmload.junit.ModelUnderTest;
import dev.llmload.result.SweepResult;
import org.junit.jupiter.api.DisplayName;

/**
 * How much can one GPU take, and what does it cost? Enough levels that a curve can be fitted; the last invocation says
 * where throughput saturates, which level to run at, and how many GPUs the stated demand needs. The endpoint is a small
 * one that saturates early. The body reads what all levels came to together.
 */
@DisplayName("Capacity and cost")
@LlmEndpoint(url = "simulator:small?tokens=15..30")
@GpuTelemetry(period = "100ms")
@ModelUnderTest(parameters = 1.2e9, computeType = ComputeType.FP16)
@Cost(gpuRatePerHour = 2.30, demand = "100M tokens/day", dataset = 52_002)
class CapacityIT {

    @LlmLoad(
            concurrency = {1, 2, 4, 8, 16, 24},
            duration = "4s")
    @LlmRequest(prompts = "builtin:short")
    @Budget("success_rate >= 99%")
    @Budget(value = "cost_per_million < 10 $", at = "8 users")
    @Budget("capacity >= 8 users")
    void capacity(SweepResult sweep) { // runs once, in the last invocation
        sweep.fit()
                .ifPresent(fit ->
                        System.out.printf("half of %.0f tok/s is reached with %.1f users%n", fit.vmax(), fit.k()));
    }
}
