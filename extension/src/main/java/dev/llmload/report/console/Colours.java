package dev.llmload.report.console;

import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/** Whether what is printed is coloured. Only verdicts are: their marks and words. Files never are. */
public enum Colours {
    /** As it is. */
    NONE {
        @Override
        public String of(String text) {
            return text;
        }
    },
    /** With the codes that terminals and the logs of CI systems take for colours. */
    ANSI {
        @Override
        public String of(String text) {
            return VERDICT.matcher(text)
                    .replaceAll(match -> "\u001b[" + code(match.group()) + "m" + match.group() + "\u001b[0m");
        }
    };

    /** A question mark and a dash are marks only where a line begins with them, in a frame or behind our name. */
    private static final Pattern VERDICT = Pattern.compile(
            "[✔✘]|\\b(?:FAIL|MISCONFIGURED|ERROR|INCONCLUSIVE|NOT MEASURED|SKIPPED|PASS)\\b"
                    + "|(?<=^║ {1,4}|^\\[llm-load] )[?–](?= )",
            Pattern.MULTILINE);

    /** CI systems whose logs show colours although no terminal is there. */
    private static final Set<String> COLOURED_LOGS = Set.of(
            "GITHUB_ACTIONS", "GITLAB_CI", "BUILDKITE", "CIRCLECI", "TRAVIS", "APPVEYOR", "DRONE", "GITEA_ACTIONS");

    /** The text, coloured or not. What is in it from outside has been made {@code Printable} before. */
    public abstract String of(String text);

    /**
     * What is wanted. {@code NO_COLOR} forbids and comes first, {@code CLICOLOR_FORCE} demands; otherwise a terminal that is not
     * {@code dumb}, or the log of a CI system that is known to show colours.
     *
     * @param environment the variables of the process
     * @param terminal whether the text goes to a terminal
     */
    public static Colours of(Map<String, String> environment, boolean terminal) {
        if (!environment.getOrDefault("NO_COLOR", "").isEmpty()) {
            return NONE;
        }
        String force = environment.getOrDefault("CLICOLOR_FORCE", "");
        if (!force.isEmpty() && !force.equals("0")) {
            return ANSI;
        }
        boolean able = terminal
                && !environment.getOrDefault("TERM", "").equals("dumb")
                && !environment.getOrDefault("CLICOLOR", "").equals("0");
        boolean log = COLOURED_LOGS.stream().anyMatch(environment::containsKey);
        return able || log ? ANSI : NONE;
    }

    private static int code(String verdict) {
        return switch (verdict) {
            case "✔", "PASS" -> 32;
            case "?", "INCONCLUSIVE" -> 33;
            case "–", "NOT MEASURED", "SKIPPED" -> 36;
            default -> 31;
        };
    }
}
