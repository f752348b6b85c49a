package dev.llmload.metric;

import dev.llmload.result.request.RequestRecord;
import dev.llmload.result.request.UsageFlaw;
import dev.llmload.result.text.CountText;
import java.util.ArrayList;
import java.util.List;

/** What is odd about the usage of a sample's successes, in words. */
public final class UsageNotes {
    private UsageNotes() {}

    static List<String> of(List<RequestRecord> successes) {
        List<String> notes = new ArrayList<>();
        List<RequestRecord> unexplained = successes.stream()
                .filter(record -> record.tokens().flaw() == UsageFlaw.UNEXPLAINED_TOTAL)
                .toList();
        if (!unexplained.isEmpty()) {
            RequestRecord first = unexplained.get(0);
            long completion = (long) first.tokens().output() - first.tokens().reasoning();
            notes.add("In " + unexplained.size() + " of " + CountText.of(successes.size(), "answer")
                    + " total_tokens is more than prompt and completion together, and no detail says what the rest is"
                    + " (in the first " + first.tokens().reasoning() + " tokens beside a completion of " + completion
                    + "): it counts as hidden reasoning, in the output tokens and not in tpot.");
        }
        long fewer = successes.stream()
                .map(RequestRecord::tokens)
                .filter(UsageNotes::fewer)
                .count();
        if (fewer > successes.size() / 100) {
            notes.add("In " + fewer + " of " + CountText.of(successes.size(), "answer")
                    + " the usage counts fewer output tokens than token events came: either the server, or a proxy, cuts"
                    + " tokens into pieces, or the usage counts too few, and then throughput is too low.");
        }
        return notes;
    }

    /** Some servers send the characters of a token, or its end, in an event more. */
    private static boolean fewer(RequestRecord.Tokens tokens) {
        return tokens.output() > 0 && tokens.events() > 2 + 1.1 * tokens.output();
    }

    /** Why usage that came is no usage: {@code "; 3 of them counted 0 output tokens beside their text"}, or empty. */
    public static String why(List<RequestRecord> successes) {
        StringBuilder why = new StringBuilder();
        add(why, successes, UsageFlaw.ZERO, " of them with a usage of 0 output tokens beside token events");
        add(why, successes, UsageFlaw.TOO_FEW, " of them with a usage of fewer output tokens than the events can hold");
        add(why, successes, UsageFlaw.UNREADABLE, " of them with a count of output tokens that is no whole number");
        return why.toString();
    }

    private static void add(StringBuilder why, List<RequestRecord> successes, UsageFlaw flaw, String words) {
        long count = successes.stream()
                .filter(record -> record.tokens().output() < 0)
                .filter(record -> record.tokens().flaw() == flaw)
                .count();
        if (count > 0) {
            why.append("; ").append(count).append(words);
        }
    }
}
