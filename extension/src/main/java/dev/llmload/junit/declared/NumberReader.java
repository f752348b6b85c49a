package dev.llmload.junit.declared;

/** Reads the numbers of annotations and keys; what is none is said in half a sentence that follows the name. */
final class NumberReader {
    private NumberReader() {}

    static long wholeNumber(String text) {
        try {
            return Long.parseLong(text.strip());
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("must be a whole number, but was `" + text + "`");
        }
    }

    static double number(String text) {
        try {
            return Double.parseDouble(text.strip());
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("must be a number, but was `" + text + "`");
        }
    }

    /** {@code 8.03e9}, {@code 2.30}. */
    static double atLeastNothing(String text) {
        double number;
        try {
            number = Double.parseDouble(text.strip());
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("must be a number such as 8.03e9, but was `" + text + "`");
        }
        if (!(number >= 0) || Double.isInfinite(number)) {
            throw new IllegalArgumentException("must be at least 0, but was " + text);
        }
        return number;
    }

    /** {@code 99%}, {@code 99 %} or the fraction {@code 0.99}: 99. */
    static double percent(String text) {
        String stripped = text.strip();
        boolean written = stripped.endsWith("%");
        double number = number(written ? stripped.substring(0, stripped.length() - 1) : stripped);
        double percent = written || number > 1 ? number : number * 100;
        if (!(percent >= 0 && percent <= 100)) {
            throw new IllegalArgumentException("must be from 0% to 100%, but was `" + text + "`");
        }
        return percent;
    }
}
