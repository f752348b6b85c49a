package dev.llmload.budget;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** How a value is held against its limit. {@code <=} and {@code >=} include equality, {@code <} and {@code >} do not. */
public enum Comparator {
    /** {@code <}. */
    LESS("<", List.of()),
    /** {@code <=}, also written {@code ≤}. */
    AT_MOST("<=", List.of("≤")),
    /** {@code >}. */
    GREATER(">", List.of()),
    /** {@code >=}, also written {@code ≥}. */
    AT_LEAST(">=", List.of("≥"));

    private final String symbol;
    private final List<String> aliases;

    Comparator(String symbol, List<String> aliases) {
        this.symbol = symbol;
        this.aliases = aliases;
    }

    /** The one spelling that is printed. */
    public String symbol() {
        return symbol;
    }

    /** Whether the limit is the highest value allowed, that is {@code <} or {@code <=}. */
    public boolean isUpperLimit() {
        return this == LESS || this == AT_MOST;
    }

    /** Whether a value that equals the limit holds it. */
    public boolean includesEquality() {
        return this == AT_MOST || this == AT_LEAST;
    }

    /**
     * Whether a value holds its limit.
     *
     * @param comparison below 0, 0 or above 0, as {@code value.compareTo(limit)}
     */
    boolean holds(int comparison) {
        return comparison == 0 ? includesEquality() : isUpperLimit() == (comparison < 0);
    }

    public static Optional<Comparator> ofSymbol(String text) {
        return Arrays.stream(values())
                .filter(c -> c.symbol.equals(text) || c.aliases.contains(text))
                .findFirst();
    }
}
