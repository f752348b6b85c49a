package dev.llmload.junit.declared;

import dev.llmload.analysis.CostPlan;
import dev.llmload.analysis.Demand;
import dev.llmload.analysis.SweepRules;
import dev.llmload.analysis.SweepSettings;
import dev.llmload.budget.BudgetRule;
import dev.llmload.config.Key;
import dev.llmload.junit.Cost;
import dev.llmload.result.Metric;
import java.lang.reflect.Method;
import java.util.List;
import java.util.Optional;

/** Resolves {@link Cost} and the rules of the sweep analysis. */
final class CostResolver {
    private static final String COST = "@Cost";

    @Cost
    private static final class Defaults {}

    private final Settings settings;
    private final NearestMembers<Cost> members;

    CostResolver(Settings settings, Method method, List<Class<?>> classesInnermostFirst) {
        this.settings = settings;
        this.members = new NearestMembers<>(Cost.class, Defaults.class, method, classesInnermostFirst);
    }

    /**
     * All of it.
     *
     * @param budgets of the test: one on a cost needs a price
     */
    SweepSettings resolve(List<BudgetRule> budgets) {
        SweepRules rules = new SweepRules(
                settings.value(Key.SATURATION_GAIN, Key.SATURATION_GAIN.defaultValue(), "", 10.0, NumberReader::percent)
                        / 100,
                settings.value(
                        Key.DIMINISHING_RETURNS,
                        Key.DIMINISHING_RETURNS.defaultValue(),
                        "",
                        SweepRules.USUAL.diminishingTokens(),
                        NumberReader::atLeastNothing));
        return new SweepSettings(rules, plan(budgets));
    }

    private Optional<CostPlan> plan(List<BudgetRule> budgets) {
        double rate = settings.value(
                Key.COST_RATE,
                Double.toString(members.nearest(Cost::gpuRatePerHour)),
                COST,
                0.0,
                NumberReader::atLeastNothing);
        int gpus = settings.wholeNumber(Key.COST_GPUS, members.nearest(Cost::gpus), COST, 1);
        Optional<Demand> demand = settings.value(
                Key.COST_DEMAND,
                members.nearest(Cost::demand),
                COST,
                Optional.empty(),
                text -> text.isBlank() ? Optional.empty() : Optional.of(Demand.parse(text)));
        long dataset = settings.value(
                Key.COST_DATASET, Long.toString(members.nearest(Cost::dataset)), COST, 0L, CostResolver::count);
        if (rate == 0 && settings.mistakes().none()) {
            require(budgets);
        }
        return rate > 0 ? Optional.of(new CostPlan(rate, gpus, demand, dataset)) : Optional.empty();
    }

    private void require(List<BudgetRule> budgets) {
        String needed =
                "a price above 0, for example @Cost(gpuRatePerHour = 2.30) or key `" + Key.COST_RATE.key() + "`";
        if (members.present()) {
            settings.mistakes().add("`gpuRatePerHour` of " + COST + " must be " + needed + ", but was not set");
        }
        budgets.stream()
                .filter(budget -> budget.metric().kind() == Metric.Kind.COST && !members.present())
                .findFirst()
                .ifPresent(budget -> settings.mistakes()
                        .add("the budget `" + budget.text() + "` needs to know what the GPUs cost: " + needed));
    }

    private static long count(String text) {
        long number = NumberReader.wholeNumber(text);
        if (number < 0) {
            throw new IllegalArgumentException("must be at least 0, but was " + number);
        }
        return number;
    }
}
