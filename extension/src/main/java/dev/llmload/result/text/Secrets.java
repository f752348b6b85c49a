package dev.llmload.result.text;

import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Keeps secrets out of what is written, logged or shown: those that are known, in every form in which a server may send
 * them back, and what looks like one. The one place for it: whatever comes from outside passes through here before it
 * enters a record, and so does our own configuration before it is written. Immutable.
 *
 * <p>A known value is found as it is, whatever the case of its letters; escaped for JSON ({@code \}{@code u0041},
 * {@code \/}), for a URL ({@code %2F}) or for HTML ({@code &amp;#x2F;}), in part or in whole, and twice; in hexadecimal; and in
 * base64 of both alphabets, with and without padding, alone or behind other characters, such as {@code user:secret}.
 *
 * <p>How long a value must be: from 8 characters on it is replaced wherever it stands; one of 4 to 7 only where it is a
 * word of its own, because {@code EMPTY} or {@code test} as part of other words are no secret; a shorter one never,
 * because it would make every text unreadable and hides nothing.
 */
public final class Secrets {
    /** What stands in a text where a secret stood. */
    public static final String MASK = "***";

    private static final int EXCERPT = 512;
    /** Nothing shorter looks like a credential. */
    private static final int SHORTEST_LIKELY = 7;

    private static final int MOST_SEARCHED = 1 << 14;

    private static final Secrets NONE = new Secrets(Set.of());

    private final Set<String> values;
    private final List<SecretForms> forms;
    private final int shortest;

    private Secrets(Set<String> values) {
        this.values = Set.copyOf(values);
        this.forms = values.stream().flatMap(SecretForms::of).toList();
        this.shortest = Math.min(
                SHORTEST_LIKELY, values.stream().mapToInt(String::length).min().orElse(SHORTEST_LIKELY));
    }

    /** None that is known; what looks like a secret is masked all the same. */
    public static Secrets none() {
        return NONE;
    }

    /**
     * Those values.
     *
     * @param values in their plain form; blank ones and those below 4 characters are left out
     */
    public static Secrets of(Collection<String> values) {
        Set<String> all = new LinkedHashSet<>();
        for (String value : values) {
            if (value.strip().length() >= SecretForms.LEAST) {
                all.add(value.strip());
            }
        }
        return all.isEmpty() ? NONE : new Secrets(all);
    }

    /** These and others. */
    public Secrets and(Secrets others) {
        if (others.values.isEmpty() || values.equals(others.values)) {
            return this;
        }
        Set<String> all = new LinkedHashSet<>(values);
        all.addAll(others.values);
        return new Secrets(all);
    }

    /**
     * The text without secrets: {@code ***} for each.
     *
     * @param text any; one that was cut may end within a secret, which is masked if 4 or more of its characters are there
     */
    public String redact(String text) {
        if (text.isEmpty()) {
            return text;
        }
        String clean = forms.isEmpty() ? text : SecretForms.mask(text, forms);
        return Credentials.masked(clean);
    }

    /** The text as it may be shown: without secrets, on one line, see {@link Printable#line}. */
    public String line(String text) {
        return Printable.line(redact(text));
    }

    /** The same for a name, which is cut where it is longer than any name is, see {@link Printable#name}. */
    public String name(String text) {
        if (text.length() < shortest) {
            return Printable.name(text); // "stop" and "length", once for each request
        }
        return Printable.name(redact(text.substring(0, Math.min(text.length(), MOST_SEARCHED))));
    }

    /**
     * The beginning of a text from outside, as it may be shown: on one line, white space as single blanks, at most 512
     * bytes of UTF-8.
     */
    public String excerpt(String text) {
        String line =
                line(text.substring(0, Math.min(text.length(), MOST_SEARCHED))).replaceAll("\\s+", " ");
        int end = Math.min(line.length(), EXCERPT);
        while (line.substring(0, end).getBytes(StandardCharsets.UTF_8).length > EXCERPT
                || end > 0 && end < line.length() && Character.isHighSurrogate(line.charAt(end - 1))) {
            end--;
        }
        return line.substring(0, end);
    }

    /** Never the values. */
    @Override
    public String toString() {
        return "Secrets[" + values.size() + "]";
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Secrets secrets && values.equals(secrets.values);
    }

    @Override
    public int hashCode() {
        return values.hashCode();
    }
}
