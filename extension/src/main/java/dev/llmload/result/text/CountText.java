package dev.llmload.result.text;

/** Counts with their nouns, in the singular where there is one. */
public final class CountText {
    private CountText() {}

    /**
     * A count with its noun: {@code 1 request}, {@code 2 requests}, {@code 0 requests}.
     *
     * @param count of them
     * @param noun in the singular, whose plural ends with one more "s"
     */
    public static String of(long count, String noun) {
        return count + " " + noun + (count == 1 ? "" : "s");
    }

    /**
     * A count with its noun and the verb after it: {@code 1 row was}, {@code 2 rows were}.
     *
     * @param count of them
     * @param noun in the singular, whose plural ends with one more "s"
     * @param one what follows a single one
     * @param several what follows any other number
     */
    public static String of(long count, String noun, String one, String several) {
        return of(count, noun) + " " + form(count, one, several);
    }

    /** The one of two words that goes with the count. */
    public static String form(long count, String one, String several) {
        return count == 1 ? one : several;
    }
}
