package dev.llmload.report;

import java.util.Locale;
import java.util.regex.Pattern;

/** Takes out of settings what must not be in a file, whoever put it there. */
final class Masked {
    private static final Pattern BEARER = Pattern.compile("(?i)(bearer\\s+)\\S+");
    private static final Pattern KEY = Pattern.compile("\\bsk-[A-Za-z0-9_-]{8,}");
    private static final Pattern QUERY =
            Pattern.compile("(?i)([?&](?:api[-_]?key|key|token|access[-_]?token|secret|password)=)[^&\\s]+");
    private static final Pattern USER = Pattern.compile("(://)[^/@\\s]+@");
    private static final Pattern HEADER = Pattern.compile("([A-Za-z0-9-]+\\s*[:=]\\s*)[^,;\\]\\n]+");
    private static final Pattern SECRET =
            Pattern.compile("(?i).*(api.?key|password|passwd|secret|authorization|access.?token)");

    private Masked() {}

    /** A setting's value, masked as its name demands. */
    static String setting(String name, String value) {
        if (SECRET.matcher(name).matches()) {
            return "***";
        }
        String text = name.toLowerCase(Locale.ROOT).endsWith("headers")
                ? HEADER.matcher(value).replaceAll("$1***")
                : value;
        return url(KEY.matcher(BEARER.matcher(text).replaceAll("$1***")).replaceAll("***"));
    }

    static String url(String text) {
        return QUERY.matcher(USER.matcher(text).replaceAll("$1***@")).replaceAll("$1***");
    }
}
