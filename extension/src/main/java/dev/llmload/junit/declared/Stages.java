package dev.llmload.junit.declared;

import dev.llmload.config.Durations;
import dev.llmload.junit.declared.LoadTestSpec.PlannedLevel;
import dev.llmload.load.plan.OfferedLoad;
import dev.llmload.result.Level;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads the stages of a load that changes with time: each is a load and how long it is measured. */
final class Stages {
    private static final String NUMBER = "(\\d+(?:\\.\\d+)?)";
    private static final Pattern FORM = Pattern.compile(
            NUMBER + "\\s*(?:(?:→|->)\\s*" + NUMBER + "\\s*)?(users?|req/s)\\s+(?:for\\s+)?(\\S.*)",
            Pattern.CASE_INSENSITIVE);

    private final LoadKinds kinds;

    private Stages(LoadKinds kinds) {
        this.kinds = kinds;
    }

    /**
     * All stages, in their order: {@code "10 users 30s"}, {@code "20 req/s 30s"}, {@code "10 → 100 users 2m"} (or
     * {@code ->}); separated by commas or semicolons. A load that comes again has a number behind its name.
     *
     * @throws IllegalArgumentException saying what a stage must be, where one is none
     */
    static List<PlannedLevel> parse(List<String> texts, LoadKinds kinds) {
        Stages stages = new Stages(kinds);
        List<PlannedLevel> levels = new ArrayList<>();
        Map<Level, Integer> seen = new HashMap<>();
        texts.stream()
                .flatMap(text -> Arrays.stream(text.split("[,;]")))
                .map(stages::one)
                .forEach(stage -> levels.add(numbered(stage, seen.merge(stage.level(), 1, Integer::sum))));
        if (levels.stream().map(stage -> stage.level().kind()).distinct().count() > 1) {
            throw new IllegalArgumentException("must be all of users or all of requests per second, but was `"
                    + String.join(", ", texts) + "`: put the others in a test of their own");
        }
        return List.copyOf(levels);
    }

    private PlannedLevel one(String text) {
        String shown = text.strip();
        Matcher matcher = FORM.matcher(shown);
        if (!matcher.matches()) {
            throw new IllegalArgumentException(
                    "a stage must be a load and its length, such as `10 users 30s`, `20 req/s 1m` or `10 -> 100 users 2m`,"
                            + " but was `" + shown + "`");
        }
        Duration length = Durations.parse(matcher.group(4));
        if (length.isZero()) {
            throw new IllegalArgumentException("a stage must be longer than 0, but was `" + shown + "`");
        }
        boolean rates = matcher.group(3).equalsIgnoreCase("req/s");
        String from = matcher.group(1);
        Optional<String> to = Optional.ofNullable(matcher.group(2));
        OfferedLoad load = rates
                ? rates(rate(from, shown), to.map(amount -> rate(amount, shown)), length, shown)
                : users(users(from, shown), to.map(amount -> users(amount, shown)), length, shown);
        return new PlannedLevel(load.level(), load, Optional.of(length));
    }

    private OfferedLoad rates(double from, Optional<Double> to, Duration length, String text) {
        to.ifPresent(end -> differ(from, end, text));
        return to.<OfferedLoad>map(end -> kinds.rate(from, end, length)).orElseGet(() -> kinds.rate(from));
    }

    private OfferedLoad users(int from, Optional<Integer> to, Duration length, String text) {
        to.ifPresent(end -> differ(from, end, text));
        return to.<OfferedLoad>map(end -> kinds.users(from, end, length)).orElseGet(() -> kinds.users(from));
    }

    private static void differ(double from, double to, String text) {
        if (from == to) {
            throw new IllegalArgumentException("a ramp must go from one load to another, but was `" + text
                    + "`; a load that stays the same is named once");
        }
    }

    private static double rate(String amount, String text) {
        double rate = Double.parseDouble(amount);
        if (!(rate > 0) || Double.isInfinite(rate)) {
            throw new IllegalArgumentException(
                    "requests per second of a stage must be above 0, but was `" + text + "`");
        }
        return rate;
    }

    private static int users(String amount, String text) {
        try {
            int users = new BigDecimal(amount).intValueExact();
            if (users >= 1) {
                return users;
            }
        } catch (ArithmeticException e) {
            // Said below, like a number below 1.
        }
        throw new IllegalArgumentException(
                "users of a stage must be a whole number of at least 1, but was `" + text + "`");
    }

    private static PlannedLevel numbered(PlannedLevel stage, int occurrence) {
        Level level = stage.level();
        return occurrence == 1
                ? stage
                : new PlannedLevel(
                        new Level(level.name() + " (" + occurrence + ")", level.kind(), level.offered()),
                        stage.load(),
                        stage.length());
    }
}
