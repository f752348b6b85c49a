package dev.llmload.junit.declared;

import dev.llmload.config.Durations;
import dev.llmload.result.Level;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One stage of a load that changes with time: a level and how long it is measured.
 *
 * @param level users or requests per second; a load that comes again has a number behind its name
 * @param length of its window
 */
public record Stage(Level level, Duration length) {
    private static final Pattern FORM =
            Pattern.compile("(\\d+(?:\\.\\d+)?)\\s*(users?|req/s)\\s+(?:for\\s+)?(\\S.*)", Pattern.CASE_INSENSITIVE);

    /** All stages, in their order: {@code "10 users 30s"}, {@code "20 req/s 30s"}; separated by commas or semicolons. */
    public static List<Stage> parse(List<String> texts) {
        List<Stage> stages = new ArrayList<>();
        Map<Level, Integer> seen = new HashMap<>();
        texts.stream()
                .flatMap(text -> Arrays.stream(text.split("[,;]")))
                .map(Stage::one)
                .forEach(stage -> stages.add(stage.number(seen.merge(stage.level, 1, Integer::sum))));
        if (stages.stream().map(stage -> stage.level.kind()).distinct().count() > 1) {
            throw new IllegalArgumentException("must be all of users or all of requests per second, but was `"
                    + String.join(", ", texts) + "`: put the others in a test of their own");
        }
        return List.copyOf(stages);
    }

    private static Stage one(String text) {
        Matcher matcher = FORM.matcher(text.strip());
        if (!matcher.matches()) {
            throw new IllegalArgumentException(
                    "a stage must be a load and its length, such as `10 users 30s` or `20 req/s 1m`, but was `"
                            + text.strip() + "`");
        }
        Duration length = Durations.parse(matcher.group(3));
        if (length.isZero()) {
            throw new IllegalArgumentException("a stage must be longer than 0, but was `" + text.strip() + "`");
        }
        return new Stage(level(matcher.group(1), matcher.group(2), text.strip()), length);
    }

    private static Level level(String amount, String unit, String text) {
        if (unit.equalsIgnoreCase("req/s")) {
            double rate = Double.parseDouble(amount);
            if (!(rate > 0) || Double.isInfinite(rate)) {
                throw new IllegalArgumentException(
                        "requests per second of a stage must be above 0, but was `" + text + "`");
            }
            return Level.requestsPerSecond(rate);
        }
        try {
            int users = new BigDecimal(amount).intValueExact();
            if (users >= 1) {
                return Level.users(users);
            }
        } catch (ArithmeticException e) {
            // Said below, like a number below 1.
        }
        throw new IllegalArgumentException(
                "users of a stage must be a whole number of at least 1, but was `" + text + "`");
    }

    private Stage number(int occurrence) {
        return occurrence == 1
                ? this
                : new Stage(new Level(level.name() + " (" + occurrence + ")", level.kind(), level.offered()), length);
    }
}
