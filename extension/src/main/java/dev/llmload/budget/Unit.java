package dev.llmload.budget;

import dev.llmload.result.Metric;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** The units of the grammar, each with what it measures and its size in the base unit of that. */
public enum Unit {
    MICROSECONDS("us", "1000", Set.of(Metric.Kind.LATENCY), "µs", "μs"),
    MILLISECONDS("ms", "1000000", Set.of(Metric.Kind.LATENCY)),
    SECONDS("s", "1000000000", Set.of(Metric.Kind.LATENCY)),
    TOKENS_PER_SECOND("tok/s", "1", Set.of(Metric.Kind.SPEED, Metric.Kind.TOKEN_RATE)),
    PERCENT("%", "0.01", Set.of(Metric.Kind.RATIO)),
    REQUESTS_PER_SECOND("req/s", "1", Set.of(Metric.Kind.REQUEST_RATE, Metric.Kind.CAPACITY)),
    USERS("users", "1", Set.of(Metric.Kind.CAPACITY), "user"),
    WATTS("W", "1", Set.of(Metric.Kind.POWER)),
    JOULES("J", "1", Set.of(Metric.Kind.ENERGY, Metric.Kind.JOULES_PER_TOKEN)),
    KILOJOULES("kJ", "1000", Set.of(Metric.Kind.ENERGY)),
    WATT_HOURS("Wh", "3600", Set.of(Metric.Kind.ENERGY)),
    TOKENS_PER_JOULE("tok/J", "1", Set.of(Metric.Kind.TOKENS_PER_JOULE)),
    GIGABYTES("GB", "1", Set.of(Metric.Kind.MEMORY)),
    DEGREES_CELSIUS("°C", "1", Set.of(Metric.Kind.TEMPERATURE), "C"),
    MONEY("$", "1", Set.of(Metric.Kind.COST));

    private final String symbol;
    private final BigDecimal size;
    private final Set<Metric.Kind> kinds;
    private final List<String> aliases;

    Unit(String symbol, String size, Set<Metric.Kind> kinds, String... aliases) {
        this.symbol = symbol;
        this.size = new BigDecimal(size);
        this.kinds = kinds;
        this.aliases = List.of(aliases);
    }

    public String symbol() {
        return symbol;
    }

    /** One of it in the base unit: nanoseconds, a fraction, tok/s, req/s, users, W, J, GB, °C, money. */
    public BigDecimal size() {
        return size;
    }

    public boolean fits(Metric metric) {
        return kinds.contains(metric.kind());
    }

    public static Optional<Unit> ofSymbol(String text) {
        String wanted = text.toLowerCase(Locale.ROOT);
        return Arrays.stream(values())
                .filter(u -> u.symbol.toLowerCase(Locale.ROOT).equals(wanted)
                        || u.aliases.stream()
                                .anyMatch(a -> a.toLowerCase(Locale.ROOT).equals(wanted)))
                .findFirst();
    }

    static Unit require(String text) {
        return ofSymbol(text)
                .orElseThrow(() -> new IllegalArgumentException(
                        "a unit must be one of the budget grammar, but was \"" + text + "\""));
    }

    public static List<String> symbolsOf(Metric metric) {
        return Arrays.stream(values())
                .filter(u -> u.fits(metric))
                .map(u -> u.symbol)
                .toList();
    }
}
