package dev.llmload.load.preflight;

import dev.llmload.protocol.HttpFailures;
import dev.llmload.result.Outcome;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** What servers and gateways mean by a refusal, where their words or their status tell, and what to do about it. */
final class Refusals {
    private static final Pattern OTHER_LIMIT = Pattern.compile("max_completion_tokens");
    private static final Pattern NEEDS_TLS = Pattern.compile("http request (?:was sent )?to (?:an )?https");
    private static final Pattern NO_CREDIT = Pattern.compile("insufficient[_ ](?:quota|credit|balance|funds)"
            + "|exceeded your current quota|credit balance is too low|check your plan and billing|out of credits");
    private static final Pattern TEMPERATURE = Pattern.compile("\\btemperature\\b");
    private static final int PAYMENT = 402;
    /** What is above it comes from gateways; 500 and 501 may be about the request. */
    private static final int NOT_IMPLEMENTED = 501;

    private Refusals() {}

    /** What to do, in words; empty if nobody can tell from this alone. */
    static Optional<String> remedy(ProbeRequest.Answer answer, int maxTokens) {
        String said = answer.body().toLowerCase(Locale.ROOT);
        boolean page = isPage(answer);
        boolean refused = answer.status() == 400 || answer.status() == 422;
        if (answer.status() >= 400 && NEEDS_TLS.matcher(said).find()) {
            return Optional.of("this port speaks TLS: the URL must begin with https://");
        }
        if (isOutOfCredit(answer)) {
            return Optional.of("the account of the API key has no credit left, and waiting does not help");
        }
        if (answer.status() == 403 && page) {
            return Optional.of(
                    "a firewall or a proxy before the endpoint refuses this machine, or wants a browser: take an"
                            + " address of the endpoint that programs may use");
        }
        if (refused
                && HttpFailures.isAboutTheTokenLimit(answer.status(), answer.body())
                && OTHER_LIMIT.matcher(said).find()) {
            return Optional.of("the server reads another field: set `extraBody` to {\"max_tokens\": null,"
                    + " \"max_completion_tokens\": " + maxTokens + "}");
        }
        if (refused && !page && TEMPERATURE.matcher(said).find()) {
            return Optional.of(
                    "leave the temperature out (`llmload.request.temperature=NaN`), or set the one that the server wants");
        }
        return answer.kind() == Outcome.OK && answer.status() > NOT_IMPLEMENTED
                ? Optional.of("the server itself fails, or what is behind a proxy or gateway: see its log")
                : Optional.empty();
    }

    /** Whether the account has nothing left to pay with: some say so with the status of a rate limit. */
    static boolean isOutOfCredit(ProbeRequest.Answer answer) {
        return answer.status() == PAYMENT
                || answer.status() >= 400
                        && answer.status() < 500
                        && NO_CREDIT
                                .matcher(answer.body().toLowerCase(Locale.ROOT))
                                .find();
    }

    static boolean isPage(ProbeRequest.Answer answer) {
        return answer.contentType().toLowerCase(Locale.ROOT).contains("html");
    }
}
