package dev.llmload.result;

import java.math.BigDecimal;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.apiguardian.api.API;

/**
 * The units of metrics and budgets, each with its size in the base unit of what it measures.
 *
 * @since 0.1
 */
@API(status = API.Status.STABLE, since = "0.1")
public enum Unit {
    /** Microseconds; base: nanoseconds. */
    MICROSECONDS("us", "1000", "µs", "μs"),
    /** Milliseconds; base: nanoseconds. */
    MILLISECONDS("ms", "1000000"),
    /** Seconds; base: nanoseconds. */
    SECONDS("s", "1000000000"),
    /** Tokens per second. */
    TOKENS_PER_SECOND("tok/s", "1"),
    /** Hundredths; base: a fraction of one. */
    PERCENT("%", "0.01"),
    /** Requests per second. */
    REQUESTS_PER_SECOND("req/s", "1"),
    /** Users of a closed loop. */
    USERS("users", "1", "user"),
    /** Requests. */
    REQUESTS("requests", "1", "request"),
    /** Tokens. */
    TOKENS("tokens", "1", "token"),
    /** Watts. */
    WATTS("W", "1"),
    /** Joules. */
    JOULES("J", "1"),
    /** Kilojoules; base: joules. */
    KILOJOULES("kJ", "1000"),
    /** Watt-hours; base: joules. */
    WATT_HOURS("Wh", "3600"),
    /** Tokens per joule. */
    TOKENS_PER_JOULE("tok/J", "1"),
    /** Gigabytes of 10⁹ bytes. */
    GIGABYTES("GB", "1"),
    /** Degrees Celsius. */
    DEGREES_CELSIUS("°C", "1", "C"),
    /** Dollars. */
    MONEY("$", "1");

    private final String symbol;
    private final BigDecimal size;
    private final List<String> aliases;

    Unit(String symbol, String size, String... aliases) {
        this.symbol = symbol;
        this.size = new BigDecimal(size);
        this.aliases = List.of(aliases);
    }

    /** As it is printed and written in budgets: {@code ms}, {@code tok/s}, {@code %}. */
    public String symbol() {
        return symbol;
    }

    /** One of it in the base unit: nanoseconds, a fraction, tok/s, req/s, users, requests, tokens, W, J, GB, °C, $. Exact. */
    public BigDecimal size() {
        return size;
    }

    /** Whether values of a metric may be given in it. */
    public boolean fits(Metric metric) {
        return metric.kind().units().contains(this);
    }

    /** The unit of that symbol or one of its other spellings, whatever the case. */
    public static Optional<Unit> ofSymbol(String text) {
        String wanted = text.toLowerCase(Locale.ROOT);
        return Arrays.stream(values())
                .filter(u -> u.symbol.toLowerCase(Locale.ROOT).equals(wanted)
                        || u.aliases.stream()
                                .anyMatch(a -> a.toLowerCase(Locale.ROOT).equals(wanted)))
                .findFirst();
    }

    /**
     * The same for what is known to be a unit.
     *
     * @throws IllegalArgumentException if it is none
     */
    public static Unit require(String text) {
        return ofSymbol(text)
                .orElseThrow(() -> new IllegalArgumentException(
                        "a unit must be one of the budget grammar, but was \"" + text + "\""));
    }

    /** The symbols of all units in which values of a metric may be given, the smallest first. */
    public static List<String> symbolsOf(Metric metric) {
        return metric.kind().units().stream().map(Unit::symbol).toList();
    }
}
