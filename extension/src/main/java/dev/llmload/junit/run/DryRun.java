package dev.llmload.junit.run;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.llmload.budget.BudgetRule;
import dev.llmload.budget.BudgetRules;
import dev.llmload.junit.declared.EndpointChoice;
import dev.llmload.junit.declared.LoadTestSpec;
import dev.llmload.load.AbortRule;
import dev.llmload.load.Expectations;
import dev.llmload.load.plan.LevelLimits;
import dev.llmload.load.plan.LevelPlan;
import dev.llmload.load.wire.EndpointSettings;
import dev.llmload.result.Level;
import dev.llmload.result.request.Objective;
import dev.llmload.result.text.CountText;
import dev.llmload.result.text.DurationText;
import dev.llmload.simulator.SimulatorSettings;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** What a load test would offer, and to whom, in words. Holds no secret. */
final class DryRun {
    private DryRun() {}

    static String levels(LoadTestSpec test) {
        return test.load().levels().stream().map(Level::name).collect(Collectors.joining(", "));
    }

    static List<String> of(LoadTestSpec test) {
        List<String> lines = new ArrayList<>();
        lines.add(test.id());
        lines.add("  endpoint    "
                + test.endpoint()
                        .knownLater()
                        .map(what -> "known when the test runs: " + what)
                        .orElseGet(() -> endpoint(test.endpoint())));
        lines.addAll(new PromptLines()
                .of(test.request().prompts()).stream()
                        .map(line -> "  " + line.replaceFirst("^prompts: ", "prompts     "))
                        .toList());
        lines.add("  request     at most "
                + CountText.of(test.request().settings().maxTokens(), "token")
                + (Double.isNaN(test.request().settings().temperature())
                        ? ""
                        : ", temperature " + test.request().settings().temperature())
                + extraFields(test.request().settings().extraBody()));
        expectations(lines, test.expectations());
        lines.add("  before      "
                + test.load()
                        .preparation()
                        .preflight()
                        .map(wait -> "pre-flight (waits up to " + DurationText.of(wait) + "), ")
                        .orElse("no pre-flight, ")
                + CountText.of(test.load().preparation().warmup(), "request") + " at "
                + Level.users(test.load().preparation().warmupConcurrency()).name());
        test.load().levels().forEach(level -> level(lines, test, level));
        if (test.load().levels().size() > 1) {
            test.load()
                    .coolDown()
                    .ifPresent(limit -> lines.add("  between     at most " + DurationText.of(limit)
                            + " until the endpoint is idle, as it says itself; all of that where it does not"));
        }
        List<BudgetRule> sweep = test.judgement().budgets().stream()
                .filter(BudgetRule::isSweepBudget)
                .toList();
        if (test.load().scaling()) {
            lines.add("  last        the levels compared" + (sweep.isEmpty() ? "" : ": " + texts(sweep)));
        }
        test.unknown().forEach(what -> lines.add("  later       known when the test runs: " + what));
        test.judgement()
                .unreachable()
                .forEach(budget -> lines.add("  not judged  " + budget.text() + " at " + String.join(", ", budget.at())
                        + ": a key removed that level"));
        return lines;
    }

    private static void expectations(List<String> lines, Expectations expected) {
        if (!expected.good().isEmpty()) {
            lines.add("  good        "
                    + expected.good().stream().map(Objective::text).collect(Collectors.joining(", ")));
        }
        expected.answers()
                .ifPresent(answers -> lines.add("  check       "
                        + answers.check().getClass().getName() + " looks at " + Math.round(100 * answers.share())
                        + " % of the answers"));
    }

    // Their names only: a value may be a secret.
    private static String extraFields(String body) {
        if (body.isBlank()) {
            return "";
        }
        try {
            List<String> names = new ArrayList<>();
            new ObjectMapper().readTree(body).fieldNames().forEachRemaining(names::add);
            return ", extra fields " + String.join(", ", names);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("extraBody was checked to be JSON", e);
        }
    }

    private static void level(List<String> lines, LoadTestSpec test, Level level) {
        List<BudgetRule> budgets = test.judgement().at(level);
        LevelPlan plan = test.load()
                .plan(level, BudgetRules.openRequests(budgets), test.request().seed(), Optional.empty());
        LevelLimits limits = plan.limits();
        lines.add("  level       " + level.name() + ": "
                + (limits.requests() > 0 ? CountText.of(limits.requests(), "request") : "")
                + (limits.requests() > 0 && limits.duration().isPresent() ? " or " : "")
                + limits.duration().map(DurationText::of).orElse("")
                + plan.load().details().stream().map(detail -> ", " + detail).collect(Collectors.joining())
                + (test.load().abortWhen().isEmpty()
                        ? ""
                        : ", aborted when "
                                + test.load().abortWhen().stream()
                                        .map(AbortRule::text)
                                        .collect(Collectors.joining(" or ")))
                + ", at most " + DurationText.of(limits.maxDuration())
                + (test.load().volume().repeat() > 1
                        ? ", " + test.load().volume().repeat() + " times"
                        : ""));
        budgets.forEach(budget -> lines.add(
                "    " + budget.text() + (budget.source().equals("method") ? "" : "   (" + budget.source() + ")")));
    }

    private static String endpoint(EndpointChoice endpoint) {
        String key = endpoint.settings().apiKey().isEmpty()
                ? "no API key (" + endpoint.settings().apiKey().variable() + " is not set)"
                : "API key from " + endpoint.settings().apiKey().variable();
        return endpoint.simulator()
                .map(simulator -> "SIMULATED: " + simulator(simulator))
                .orElseGet(() -> {
                    EndpointSettings settings = endpoint.settings();
                    return settings.url() + ", model "
                            + (settings.model().isBlank() ? "as /v1/models lists it" : settings.model()) + ", "
                            + settings.api() + ", " + key;
                });
    }

    private static String simulator(SimulatorSettings simulator) {
        return "profile " + simulator.profile() + ", model " + simulator.model();
    }

    private static String texts(List<BudgetRule> budgets) {
        return budgets.stream().map(BudgetRule::text).collect(Collectors.joining("; "));
    }
}
