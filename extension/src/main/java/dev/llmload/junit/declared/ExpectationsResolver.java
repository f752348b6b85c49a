package dev.llmload.junit.declared;

import dev.llmload.budget.BudgetRule;
import dev.llmload.budget.grammar.ObjectiveParser;
import dev.llmload.config.Key;
import dev.llmload.config.Services;
import dev.llmload.junit.AnswerCheck;
import dev.llmload.junit.GoodAnswer;
import dev.llmload.load.Expectations;
import dev.llmload.load.send.AnswerSampling;
import dev.llmload.result.Metric;
import dev.llmload.result.request.Objective;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What a load test expects of the single answers: {@link GoodAnswer}. */
final class ExpectationsResolver {
    private static final String GOOD = "@GoodAnswer";
    private static final Set<Metric> NEED_GOOD =
            Set.of(Metric.GOODPUT, Metric.GOOD_FRACTION, Metric.COST_PER_MILLION_GOOD);

    @GoodAnswer
    private static final class Defaults {}

    private final Settings settings;
    private final NearestMembers<GoodAnswer> members;
    private final ClassLoader loader;

    ExpectationsResolver(Settings settings, Method method, List<Class<?>> classesInnermostFirst) {
        this.settings = settings;
        this.members = new NearestMembers<>(GoodAnswer.class, Defaults.class, method, classesInnermostFirst);
        this.loader = classesInnermostFirst.get(0).getClassLoader();
    }

    /**
     * All of it.
     *
     * @param budgets of the test: one on good answers needs to know what those are
     * @param seed of the choice of answers
     */
    Expectations resolve(List<BudgetRule> budgets, long seed) {
        boolean clean = settings.mistakes().none();
        List<String> declared = members.nearest(answer -> List.of(answer.value()));
        List<Objective> good =
                settings.value(Key.GOOD, String.join(", ", declared), GOOD, List.of(), ObjectiveParser::parseList);
        if (good.isEmpty() && clean && settings.mistakes().none()) {
            budgets.stream()
                    .filter(budget -> NEED_GOOD.contains(budget.metric()))
                    .forEach(budget -> settings.mistakes()
                            .add("the budget `" + budget.text() + "` needs to know what a good answer is: for example "
                                    + "@GoodAnswer({\"ttft < 500 ms\", \"tpot < 50 ms\"}) or key `" + Key.GOOD.key()
                                    + "`"));
        }
        double share = settings.value(
                Key.CHECK_SHARE, Double.toString(members.nearest(GoodAnswer::checkShare)), GOOD, 1.0, this::share);
        return new Expectations(good, check().map(check -> new AnswerSampling(check, share, seed)));
    }

    private double share(String text) {
        double share = NumberReader.percent(text) / 100;
        if (share == 0) {
            throw new IllegalArgumentException("must be above 0 and at most 1, but was `" + text + "`");
        }
        return share;
    }

    private Optional<AnswerCheck> check() {
        return settings.value(
                Key.CHECK,
                members.<String>nearest(answer -> answer.check().getName()),
                GOOD,
                Optional.empty(),
                this::check);
    }

    private Optional<AnswerCheck> check(String name) {
        if (name.isBlank() || name.strip().equalsIgnoreCase("none") || name.equals(AnswerCheck.class.getName())) {
            return Optional.empty();
        }
        Services<AnswerCheck> services = Services.of(AnswerCheck.class, loader);
        Optional<AnswerCheck> byName = services.found().stream()
                .filter(check -> !check.name().isEmpty() && check.name().equalsIgnoreCase(name.strip()))
                .findFirst();
        return byName.isPresent() ? byName : Optional.of(ofClass(name, services));
    }

    private AnswerCheck ofClass(String name, Services<AnswerCheck> services) {
        String needed = "must be a class that implements " + AnswerCheck.class.getName()
                + " and has a constructor without parameters" + names(services) + ", but ";
        Class<?> type;
        try {
            type = Class.forName(name.strip(), false, loader);
        } catch (ClassNotFoundException | LinkageError e) {
            throw new IllegalArgumentException(needed + "`" + name.strip() + "` is not on the class path");
        }
        if (!AnswerCheck.class.isAssignableFrom(type)) {
            throw new IllegalArgumentException(needed + "`" + type.getName() + "` does not implement it");
        }
        try {
            Constructor<?> constructor = type.getDeclaredConstructor();
            constructor.setAccessible(true);
            return (AnswerCheck) constructor.newInstance();
        } catch (ReflectiveOperationException | RuntimeException e) {
            Throwable cause = e instanceof InvocationTargetException thrown ? thrown.getTargetException() : e;
            throw new IllegalArgumentException(needed + "`" + type.getName() + "` could not be made: " + cause);
        }
    }

    private static String names(Services<AnswerCheck> services) {
        List<String> names = services.found().stream()
                .map(AnswerCheck::name)
                .filter(name -> !name.isEmpty())
                .toList();
        return (names.isEmpty() ? "" : ", or one of `" + String.join("`, `", names) + "`")
                + (services.problems().isEmpty()
                        ? ""
                        : " (one that is plugged in could not be loaded: " + String.join("; ", services.problems())
                                + ")");
    }
}
