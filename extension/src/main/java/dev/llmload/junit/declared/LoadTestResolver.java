package dev.llmload.junit.declared;

import dev.llmload.budget.BudgetRule;
import dev.llmload.config.Configuration;
import dev.llmload.config.Durations;
import dev.llmload.config.Key;
import dev.llmload.junit.LlmLoad;
import dev.llmload.load.RequestSettings;
import dev.llmload.load.ThinkTime;
import dev.llmload.prompt.PromptSettings;
import dev.llmload.prompt.Prompts;
import dev.llmload.prompt.hub.Hub;
import dev.llmload.protocol.Api;
import dev.llmload.protocol.RequestBodies;
import dev.llmload.report.console.ProgressPrinter;
import dev.llmload.result.Level;
import dev.llmload.spi.PromptSourceProvider;
import java.lang.reflect.Method;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.platform.commons.support.AnnotationSupport;

/** Turns annotations and keys into a {@link LoadTestSpec}, or says everything that is wrong with them at once. */
public final class LoadTestResolver {
    private static final String LOAD = "@LlmLoad";
    private static final String REQUEST = "@LlmRequest";

    private final Settings settings;
    private final LlmLoad load;
    private final RequestMembers asked;
    private final Method method;
    private final List<Class<?>> classes;

    private LoadTestResolver(Settings settings, LlmLoad load, Method method, List<Class<?>> classesInnermostFirst) {
        this.settings = settings;
        this.load = load;
        this.asked = new RequestMembers(method, classesInnermostFirst);
        this.method = method;
        this.classes = classesInnermostFirst;
    }

    /**
     * Resolves one load test that is about to run. Of its endpoint, what is not known yet is no mistake: {@link
     * #endpoint} asks again.
     *
     * @param method annotated with {@link LlmLoad}, directly or not
     * @param testClass the class that runs, which may derive from the method's
     * @param configuration keys and environment
     * @throws org.junit.jupiter.api.extension.ExtensionConfigurationException listing everything that is wrong
     */
    public static LoadTestSpec resolve(Method method, Class<?> testClass, Configuration configuration) {
        return resolve(method, testClass, configuration, new ConfigurationErrors(displayName(method, testClass)));
    }

    /** The same of a test that was only found: nothing that is not set yet is a mistake. */
    static LoadTestSpec resolveEarly(Method method, Class<?> testClass, Configuration configuration) {
        return resolve(
                method, testClass, configuration, new ConfigurationErrors(displayName(method, testClass)).early());
    }

    private static LoadTestSpec resolve(
            Method method, Class<?> testClass, Configuration configuration, ConfigurationErrors mistakes) {
        LlmLoad load = AnnotationSupport.findAnnotation(method, LlmLoad.class)
                .orElseThrow(() -> new IllegalArgumentException(method + " has no @LlmLoad"));
        LoadTestResolver resolver =
                new LoadTestResolver(new Settings(configuration, mistakes), load, method, innermostFirst(testClass));
        LoadTestSpec test = resolver.resolve(testClass);
        mistakes.throwIfAny();
        return test;
    }

    /**
     * The endpoint of a test whose first invocation is about to begin.
     *
     * @throws org.junit.jupiter.api.extension.ExtensionConfigurationException if it is not known even now
     */
    public static EndpointChoice endpoint(ExtensionContext invocation, Configuration configuration) {
        Method method = invocation.getRequiredTestMethod();
        Class<?> testClass = invocation.getRequiredTestClass();
        ConfigurationErrors mistakes = new ConfigurationErrors(displayName(method, testClass));
        EndpointChoice endpoint = new EndpointResolver(
                        new Settings(configuration, mistakes), method, innermostFirst(testClass))
                .resolve(Optional.of(invocation));
        mistakes.throwIfAny();
        return endpoint;
    }

    static String displayName(Method method, Class<?> testClass) {
        return testClass.getSimpleName() + "." + method.getName();
    }

    public static List<Class<?>> innermostFirst(Class<?> testClass) {
        List<Class<?>> classes = new ArrayList<>();
        for (Class<?> type = testClass; type != null; type = type.getEnclosingClass()) {
            classes.add(type);
        }
        return classes;
    }

    private LoadTestSpec resolve(Class<?> testClass) {
        long seed = seed();
        LoadLevels shape = new LevelsResolver(settings, load).resolve();
        List<Level> levels = shape.running();
        BudgetResolver.Found budgets =
                new BudgetResolver(settings, method, classes).resolve(shape.declared(), levels);
        List<BudgetRule> all = budgets.budgets();
        RequestSettings request = request();
        EndpointChoice endpoint = new EndpointResolver(settings.early(), method, classes).resolve(Optional.empty());
        checkExtraBody(request);
        GpuResolver gpus = new GpuResolver(settings, method, classes);
        return new LoadTestSpec(
                testClass.getName() + "#" + method.getName(),
                displayName(method, testClass),
                levels,
                thinkTime(levels, seed),
                settings.choice(Key.ARRIVALS, load.arrivals(), LOAD),
                settings.wholeNumber(Key.MAX_IN_FLIGHT, load.maxInFlight(), LOAD, 0),
                settings.value(
                        Key.ABORT_WHEN, String.join("; ", load.abortWhen()), LOAD, List.of(), AbortConditions::parse),
                endpoint,
                volume(shape),
                settings.wholeNumber(Key.WARMUP, load.warmup(), LOAD, 0),
                settings.wholeNumber(Key.WARMUP_CONCURRENCY, load.warmupConcurrency(), LOAD, 1),
                coolDown(shape),
                prompts(testClass),
                settings.choice(Key.REUSE, asked.reuse(), REQUEST),
                request,
                new ExpectationsResolver(settings, method, classes).resolve(all, seed),
                seed,
                settings.flag(Key.SCALING, load.scaling(), LOAD) && shape.comparable(),
                all,
                budgets.unreachable(),
                gpus.telemetry(),
                gpus.model(testClass.getClassLoader()),
                settings.value(Key.MIN_SUCCESS, Key.MIN_SUCCESS.defaultValue(), "", 99.0, NumberReader::percent),
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
                        text -> Policy.parse(text, Policy.WARN, Policy.FAIL)),
                preflight(),
                settings.wholeNumber(Key.LOOPS, 0, "", 0),
                BaselineChoice.resolve(settings, method, classes),
                new CostResolver(settings, method, classes).resolve(all),
                settings.mistakes().unknown());
    }

    private long seed() {
        return settings.value(Key.SEED, Long.toString(asked.seed()), REQUEST, 0L, NumberReader::wholeNumber);
    }

    private ThinkTime thinkTime(List<Level> levels, long seed) {
        ThinkTime thinkTime =
                settings.value(Key.THINK_TIME, load.thinkTime(), LOAD, ThinkTime.NONE, text -> thinkTime(text, seed));
        if (!thinkTime.most().isZero() && levels.stream().anyMatch(Level::isOpen)) {
            settings.mistakes()
                    .add("`thinkTime` of " + LOAD
                            + " belongs to users, and an open loop (`requestsPerSecond`) has none");
        }
        return thinkTime;
    }

    // "2s", or "0.5s..2s" for anything between.
    private static ThinkTime thinkTime(String text, long seed) {
        if (text.isBlank()) {
            return ThinkTime.NONE;
        }
        String[] ends = text.split("\\.\\.", -1);
        if (ends.length > 2) {
            throw new IllegalArgumentException(
                    "must be a duration or a range of two, such as `0.5s..2s`, but was `" + text + "`");
        }
        Duration least = Durations.parse(ends[0]);
        Duration most = Durations.parse(ends[ends.length - 1]);
        if (most.compareTo(least) < 0) {
            throw new IllegalArgumentException("must not end before it begins, but was `" + text + "`");
        }
        return new ThinkTime(least, most, seed);
    }

    private LoadTestSpec.Volume volume(LoadLevels shape) {
        LoadTestSpec.Volume volume = new LoadTestSpec.Volume(
                settings.wholeNumber(Key.REQUESTS, load.requests(), LOAD, 0),
                settings.wholeNumber(Key.REQUESTS_PER_USER, load.requestsPerUser(), LOAD, 1),
                settings.optionalDuration(Key.DURATION, load.duration(), LOAD),
                settings.duration(Key.MAX_DURATION, load.maxDuration(), LOAD),
                settings.wholeNumber(Key.REPEAT, load.repeat(), LOAD, 1),
                shape.lengths());
        if (!volume.stages().isEmpty()
                && (volume.requests() > 0 || volume.duration().isPresent() || volume.repeat() > 1)) {
            settings.mistakes()
                    .add("`stages` of " + LOAD + " run once, each for its own length: leave out `requests`,"
                            + " `duration` and `repeat`");
        }
        return volume;
    }

    private Optional<Duration> coolDown(LoadLevels shape) {
        Optional<Duration> coolDown = settings.optionalDuration(Key.COOL_DOWN, load.coolDown(), LOAD);
        if (coolDown.isPresent() && !shape.lengths().isEmpty()) {
            settings.mistakes().add("`stages` of " + LOAD + " follow each other without a pause: leave out `coolDown`");
        }
        return coolDown;
    }

    private RequestSettings request() {
        return new RequestSettings(
                settings.wholeNumber(Key.MAX_TOKENS, asked.maxTokens(), REQUEST, 1),
                settings.value(
                        Key.TEMPERATURE,
                        Double.toString(asked.temperature()),
                        REQUEST,
                        Double.NaN,
                        LoadTestResolver::temperature),
                settings.value(Key.EXTRA_BODY, asked.extraBody(), REQUEST, "", String::strip));
    }

    // The request writer knows what an extra body may be: it is asked once, here, with nothing sent.
    private void checkExtraBody(RequestSettings request) {
        settings.mistakes()
                .collect(
                        "`extraBody`",
                        "",
                        () -> new RequestBodies(Api.CHAT, "model", 1, Double.NaN, request.extraBody()).toString());
    }

    private Prompts prompts(Class<?> testClass) {
        return settings.value(
                Key.PROMPTS,
                asked.prompts(),
                REQUEST,
                Prompts.load("builtin:chat", getClass().getClassLoader()),
                spec -> Prompts.load(spec, promptSettings(testClass.getClassLoader())));
    }

    private PromptSettings promptSettings(ClassLoader loader) {
        Services<PromptSourceProvider> plugged = Services.of(PromptSourceProvider.class, loader);
        return new PromptSettings(loader, hub(), plugged.found(), plugged.problems());
    }

    private Hub hub() {
        return new Hub(
                URI.create(settings.text(Key.HF_URL)),
                Optional.of(settings.text(Key.HF_CACHE))
                        .filter(folder -> !folder.isBlank())
                        .map(Path::of)
                        .orElseGet(Hub::standardCache),
                settings.configuration().environmentVariable("HF_TOKEN").orElse(""),
                sentence -> ProgressPrinter.forConsole().print("[llm-load] " + sentence));
    }

    private Optional<Duration> preflight() {
        boolean wanted = settings.flag(Key.PREFLIGHT, true, "");
        Duration wait = settings.duration(Key.PREFLIGHT_WAIT, Key.PREFLIGHT_WAIT.defaultValue(), "");
        return wanted ? Optional.of(wait) : Optional.empty();
    }

    private static double temperature(String text) {
        double number = NumberReader.number(text);
        if (number < 0 || number > 2) {
            throw new IllegalArgumentException("must be from 0 to 2, or NaN to leave it out, but was " + text);
        }
        return number;
    }
}
