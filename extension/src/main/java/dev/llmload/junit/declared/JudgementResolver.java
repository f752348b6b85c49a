package dev.llmload.junit.declared;

import dev.llmload.config.Key;
import java.lang.reflect.Method;
import java.util.List;

/** Resolves what the levels are judged by: budgets, baseline and cost, and what a verdict does to the test. */
final class JudgementResolver {
    private final Settings settings;
    private final Method method;
    private final List<Class<?>> classes;

    JudgementResolver(Settings settings, Method method, List<Class<?>> classesInnermostFirst) {
        this.settings = settings;
        this.method = method;
        this.classes = classesInnermostFirst;
    }

    LoadTestSpec.Judgement resolve(LoadLevels shape) {
        BudgetResolver.Found budgets =
                new BudgetResolver(settings, method, classes).resolve(shape.declared(), shape.running());
        return new LoadTestSpec.Judgement(
                budgets.judged(),
                budgets.unreachable(),
                settings.value(Key.MIN_SUCCESS, Key.MIN_SUCCESS.defaultValue(), "", 99.0, NumberReader::percent),
                BaselineChoice.resolve(settings, method, classes),
                new CostResolver(settings, method, classes).resolve(budgets.judged()));
    }

    LoadTestSpec.Policies policies() {
        return new LoadTestSpec.Policies(
                settings.value(
                        Key.INCONCLUSIVE,
                        Key.INCONCLUSIVE.defaultValue(),
                        "",
                        Policy.FAIL,
                        text -> Policy.parse(text, Policy.FAIL, Policy.ABORT, Policy.WARN)),
                settings.value(
                        Key.NOT_MEASURED,
                        settings.configuration().isCi() ? "fail" : "warn",
                        "",
                        Policy.FAIL,
                        text -> Policy.parse(text, Policy.WARN, Policy.FAIL)));
    }
}
