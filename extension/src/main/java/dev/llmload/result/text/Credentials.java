package dev.llmload.result.text;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What looks like a credential: by the name of a header, a query parameter or a field, or by the value itself. */
public final class Credentials {
    private static final Set<String> NAMES = Set.of(
            "authorization",
            "auth",
            "apikey",
            "secret",
            "secrets",
            "password",
            "passwd",
            "passphrase",
            "pwd",
            "cookie",
            "credential",
            "credentials",
            "signature",
            "sig",
            "jwt",
            "bearer",
            "key",
            "token");
    /** A word before {@code token} or {@code key} that says that it is no credential: {@code eos_token}, {@code cacheKey}. */
    private static final Set<String> HARMLESS = Set.of(
            "eos", "bos", "pad", "unk", "sep", "mask", "stop", "start", "end", "max", "min", "first", "next", "special",
            "cache", "routing", "sort", "safety");

    private static final Pattern WORDS = Pattern.compile("[^A-Za-z0-9]+|(?<=[a-z0-9])(?=[A-Z])");
    private static final Pattern JOINED =
            Pattern.compile("(?:api|access|auth|private|secret|subscription|account|session|id|refresh)(?:key|token)");

    /** A word after it, such as "bearer authentication", is no token: a token holds a digit or is long. */
    private static final Pattern SCHEME =
            Pattern.compile("(?i)\\b(bearer|basic)(\\s+|%20)(?=\\S*\\d|\\S{20})[A-Za-z0-9._~+/=-]{4,}");

    private static final Pattern KEY_LIKE =
            Pattern.compile("\\b(?:(?:sk|csk|xai|nvapi|glpat|pplx)-[A-Za-z0-9_*./+=~-]{4,}"
                    + "|(?:gsk|hf|ghp|gho|ghs|ghu|ghr|github_pat|r8|pplx|fw|tgp_v1)_[A-Za-z0-9_-]{8,}|AIza[A-Za-z0-9_-]{8,}"
                    + "|A[KS]IA[A-Z0-9]{12,}|ya29\\.[A-Za-z0-9_-]{8,}|ABSK[A-Za-z0-9+/=]{16,}|dapi[0-9a-f]{16,}"
                    + "|eyJ[A-Za-z0-9_-]{8,}\\.[A-Za-z0-9_.-]{8,})");
    /** In a text: user-info of an address, and the values of parameters with such a name, whether the address is whole or not. */
    private static final Pattern USER_INFO = Pattern.compile("(?<=://)[^/?#@\\s\"'<>]+(?=@)");

    private static final Pattern PARAMETER =
            Pattern.compile("([?&;](?:amp;)?|(?<![A-Za-z0-9_.-]))([A-Za-z0-9_.-]{1,40})(=)([^&\\s\"'<>#;]+)");
    private static final Pattern QUERY_VALUE = Pattern.compile("([?&][A-Za-z0-9_.-]+=)[^&\\s,]+");
    private static final Pattern HEADER = Pattern.compile("([A-Za-z0-9-]+\\s*[:=]\\s*)[^,;\\]\\n]+");
    private static final Pattern BEARER = Pattern.compile("(?i)(bearer\\s+)\\S+");
    private static final Pattern RUN = Pattern.compile("[A-Za-z0-9]{16,}");
    private static final Pattern AFTER_SCHEME = Pattern.compile("(?i)([A-Za-z][A-Za-z0-9-]*)\\s+(\\S.*)");

    private Credentials() {}

    /**
     * Whether what stands under this name is a credential.
     *
     * @param name of a header, a query parameter, a field or a setting: {@code X-Api-Key}, {@code access_token}
     */
    public static boolean isName(String name) {
        String[] words = Arrays.stream(WORDS.split(name))
                .map(word -> word.toLowerCase(Locale.ROOT))
                .filter(word -> !word.isEmpty())
                .toArray(String[]::new);
        if (words.length == 0) {
            return false;
        }
        String last = words[words.length - 1];
        if ((last.equals("key") || last.equals("token")) && words.length > 1) {
            return !HARMLESS.contains(words[words.length - 2]);
        }
        for (String word : words) {
            boolean own = NAMES.contains(word) && !word.equals("key") && !word.equals("token");
            if (own && !last.equals("env") || JOINED.matcher(word).find() && word.equals(last)) {
                return true;
            }
        }
        return NAMES.contains(last);
    }

    /** Whether a value looks like a credential whatever its name: {@code Bearer …}, {@code sk-…}, a long random word. */
    public static boolean isValue(String value) {
        return SCHEME.matcher(value).find() || KEY_LIKE.matcher(value).find() || isRandom(value);
    }

    private static boolean isRandom(String value) {
        Matcher run = RUN.matcher(value);
        while (run.find()) {
            if (run.group().chars().anyMatch(Character::isDigit)
                    && run.group().chars().anyMatch(Character::isLetter)) {
                return true;
            }
        }
        return false;
    }

    /**
     * What is secret in the value of a header: it, without a scheme such as {@code Bearer} before it; of {@code Basic} also
     * the password; of cookies and lists also each value.
     */
    public static List<String> in(String value) {
        List<String> secrets = new ArrayList<>();
        Matcher scheme = AFTER_SCHEME.matcher(value.strip());
        String rest = scheme.matches() ? scheme.group(2) : value.strip();
        secrets.add(rest);
        if (scheme.matches() && scheme.group(1).equalsIgnoreCase("basic")) {
            secrets.addAll(ofUserInfo(decoded(rest)));
        }
        for (String piece : rest.split("[\\s;,]+")) {
            int equals = piece.indexOf('=');
            boolean padding = equals >= 0 && piece.substring(equals).chars().allMatch(c -> c == '=');
            String own = (equals < 0 || padding ? piece : piece.substring(equals + 1)).replace("\"", "");
            if (own.length() >= 8 && !own.equals(rest)) {
                secrets.add(own);
            }
        }
        return secrets;
    }

    /**
     * What is secret in the query of an address.
     *
     * @param query as it stands behind the {@code ?}; may be empty
     */
    public static List<String> ofQuery(String query) {
        List<String> secrets = new ArrayList<>();
        for (String pair : query.split("&")) {
            int equals = pair.indexOf('=');
            String name = equals < 0 ? "" : pair.substring(0, equals);
            String raw = pair.substring(equals + 1);
            String value = unescaped(raw);
            boolean code = name.equalsIgnoreCase("code"); // the key of an Azure function
            if (equals < 0 ? isValue(value) : code || isName(unescaped(name)) || isValue(value)) {
                secrets.add(value);
                secrets.add(raw);
            }
        }
        return secrets;
    }

    /**
     * What is secret in a user name and password.
     *
     * @param userInfo {@code user:password}, escaped or not; a user without a password is taken for a token
     */
    public static List<String> ofUserInfo(String userInfo) {
        if (userInfo.isEmpty()) {
            return List.of();
        }
        String password = userInfo.substring(userInfo.indexOf(':') + 1);
        return List.of(userInfo, password, unescaped(password));
    }

    /**
     * A setting as a file may hold it.
     *
     * @param name of the setting; under the name of a credential nothing is shown, of headers only the names
     * @param value as it was set
     */
    public static String setting(String name, String value) {
        if (isName(name)) {
            return Secrets.MASK;
        }
        if (name.toLowerCase(Locale.ROOT).endsWith("headers")) {
            return HEADER.matcher(value).replaceAll("$1" + Matcher.quoteReplacement(Secrets.MASK));
        }
        String text = BEARER.matcher(value).replaceAll("$1" + Matcher.quoteReplacement(Secrets.MASK));
        if (text.contains("://")) {
            text = QUERY_VALUE.matcher(text).replaceAll("$1" + Matcher.quoteReplacement(Secrets.MASK));
        }
        return masked(text);
    }

    /** The text with a mask where something looks like a credential. */
    static String masked(String text) {
        String clean = text;
        if (clean.contains("://")) {
            clean = USER_INFO.matcher(clean).replaceAll(Matcher.quoteReplacement(Secrets.MASK));
        }
        if (clean.indexOf('=') >= 0) {
            clean = PARAMETER.matcher(clean).replaceAll(Credentials::parameter);
        }
        clean = SCHEME.matcher(clean).replaceAll(m -> Matcher.quoteReplacement(m.group(1) + m.group(2) + Secrets.MASK));
        return KEY_LIKE.matcher(clean).replaceAll(Matcher.quoteReplacement(Secrets.MASK));
    }

    private static String parameter(java.util.regex.MatchResult m) {
        String value = isName(m.group(2)) ? Secrets.MASK : m.group(4);
        return Matcher.quoteReplacement(m.group(1) + m.group(2) + m.group(3) + value);
    }

    private static String decoded(String base64) {
        try {
            return new String(Base64.getDecoder().decode(base64.strip()), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return "";
        }
    }

    private static String unescaped(String text) {
        try {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return text;
        }
    }
}
