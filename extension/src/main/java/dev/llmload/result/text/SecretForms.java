package dev.llmload.result.text;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.BitSet;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * One form of a secret to look for. Escapes are not forms: the text is unescaped, level by level, and searched at each,
 * so that any mixture of them is found.
 */
final class SecretForms {
    /** A shorter secret is not looked for. */
    static final int LEAST = 4;

    /** From this length on it is masked within words too. */
    private static final int WITHIN_WORDS = 8;

    private static final int LEAST_ENCODED = 6;

    private static final Pattern CUT_ESCAPE =
            Pattern.compile("(?:\\\\+(?:u[0-9A-Fa-f]{0,3}|x[0-9A-Fa-f]?)?|%[0-9A-Fa-f]?|&#?[A-Za-z0-9]{0,8})$");

    private enum Kind {
        PLAIN,
        WORD,
        BASE64
    }

    private final String form;
    private final Kind kind;

    private SecretForms(String form, Kind kind) {
        this.form = form;
        this.kind = kind;
    }

    static Stream<SecretForms> of(String secret) {
        byte[] bytes = secret.getBytes(StandardCharsets.UTF_8);
        boolean word = secret.length() < WITHIN_WORDS;
        Set<String> plain = new LinkedHashSet<>();
        // Its characters, and its bytes, which is what unescaping a URL finds; a form of a page has + for a blank.
        for (String text : List.of(secret, new String(bytes, StandardCharsets.ISO_8859_1))) {
            plain.add(lower(text));
            plain.add(lower(text.replace(' ', '+')));
        }
        List<SecretForms> forms = new ArrayList<>();
        plain.forEach(text -> forms.add(new SecretForms(text, word ? Kind.WORD : Kind.PLAIN)));
        if (bytes.length >= LEAST_ENCODED / 2 + 1) {
            forms.add(new SecretForms(HexFormat.of().formatHex(bytes), Kind.PLAIN));
        }
        for (int before = 0; before < 3; before++) {
            String core = base64(bytes, before);
            if (core.length() >= LEAST_ENCODED) {
                forms.add(new SecretForms(core, Kind.BASE64));
            }
        }
        return forms.stream();
    }

    /** The characters of base64 that this secret alone decides when so many bytes are before it. */
    private static String base64(byte[] secret, int before) {
        byte[] all = new byte[before + secret.length];
        System.arraycopy(secret, 0, all, before, secret.length);
        String encoded = Base64.getEncoder().withoutPadding().encodeToString(all);
        int from = (before * 8 + 5) / 6;
        return encoded.substring(from, all.length * 8 / 6);
    }

    /** The text with every place masked at which any of the forms stands. */
    static String mask(String text, List<SecretForms> forms) {
        BitSet secret = new BitSet(text.length());
        Unescaped level = Unescaped.of(text);
        while (true) {
            String lower = lower(level.text());
            for (SecretForms form : forms) {
                form.find(level, lower, secret);
            }
            Unescaped next = level.unescaped();
            if (next == level) {
                break;
            }
            level = next;
        }
        return secret.isEmpty() ? text : masked(text, secret);
    }

    private void find(Unescaped level, String lower, BitSet secret) {
        String searched = kind == Kind.BASE64 ? level.text().replace('-', '+').replace('_', '/') : lower;
        for (int at = searched.indexOf(form); at >= 0; at = searched.indexOf(form, at + 1)) {
            mark(level, searched, at, at + form.length(), secret);
        }
        // A text that was cut may end within it, and within an escape of it.
        Matcher cut = CUT_ESCAPE.matcher(searched);
        int end = cut.find() ? cut.start() : searched.length();
        int least = kind == Kind.BASE64 ? LEAST_ENCODED : LEAST;
        for (int length = Math.min(form.length() - 1, end); kind != Kind.WORD && length >= least; length--) {
            if (searched.regionMatches(end - length, form, 0, length)) {
                mark(level, searched, end - length, end, secret);
                secret.set(level.start(end - 1), level.end(searched.length() - 1));
                return;
            }
        }
    }

    private void mark(Unescaped level, String searched, int start, int end, BitSet secret) {
        int from = start;
        int to = end;
        if (kind == Kind.WORD) {
            boolean alone = (from == 0 || !Character.isLetterOrDigit(searched.charAt(from - 1)))
                    && (to == searched.length() || !Character.isLetterOrDigit(searched.charAt(to)));
            if (!alone) {
                return;
            }
        } else if (kind == Kind.BASE64) {
            // What is around it is encoded too: the user's name, the last bits of the secret, the padding.
            while (from > 0 && isBase64(searched.charAt(from - 1))) {
                from--;
            }
            while (to < searched.length() && (isBase64(searched.charAt(to)) || searched.charAt(to) == '=')) {
                to++;
            }
        }
        secret.set(level.start(from), level.end(to - 1));
    }

    private static boolean isBase64(char c) {
        return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || c == '+' || c == '/';
    }

    private static String masked(String text, BitSet secret) {
        StringBuilder clean = new StringBuilder(text.length());
        int at = 0;
        for (int from = secret.nextSetBit(0); from >= 0; from = secret.nextSetBit(at)) {
            clean.append(text, at, from).append(Secrets.MASK);
            at = secret.nextClearBit(from);
        }
        return clean.append(text, at, text.length()).toString();
    }

    /** Character by character, so that every index stays what it is. */
    private static String lower(String text) {
        StringBuilder lower = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            lower.append(Character.toLowerCase(text.charAt(i)));
        }
        return lower.toString();
    }
}
