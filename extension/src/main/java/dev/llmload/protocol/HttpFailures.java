package dev.llmload.protocol;

import dev.llmload.result.Outcome;
import java.util.Locale;
import java.util.regex.Pattern;

/** What an HTTP status means for a request. */
public final class HttpFailures {
    private static final Pattern TOKEN_LIMIT = Pattern.compile("max(?:imum)?[_ ]?(?:completion|output|new)?[_ ]?tokens"
            + "|maxoutputtokens|budget_?tokens|thinking[_ .]?budget|(?:output|token) limit");

    private HttpFailures() {}

    /**
     * The outcome of a response with this status: {@link Outcome#OK} for 2xx, {@link Outcome#RATE_LIMITED} for 429,
     * {@link Outcome#HTTP_4XX} for the other 4xx, {@link Outcome#HTTP_5XX} for everything else (a redirect included: it is
     * never followed).
     *
     * @param status the HTTP status
     * @return the outcome
     */
    public static Outcome ofStatus(int status) {
        if (isSuccess(status)) {
            return Outcome.OK;
        }
        if (status == 429) {
            return Outcome.RATE_LIMITED;
        }
        return status >= 400 && status < 500 ? Outcome.HTTP_4XX : Outcome.HTTP_5XX;
    }

    /**
     * Whether this answer says that the server does not know {@code stream_options}, so that it must be asked without.
     * What an error quotes of the request itself (its {@code input}) says nothing and is not looked at.
     *
     * @param status the HTTP status
     * @param body the error body, or the beginning of it
     * @return true if a status of 400, 422, 500 or 501 comes with a text that names the option
     */
    public static boolean rejectsStreamOptions(int status, String body) {
        boolean refusal = status == 400 || status == 422 || status == 500 || status == 501;
        String said = withoutQuotedInput(body.toLowerCase(Locale.ROOT));
        return refusal && (said.contains("stream_options") || said.contains("include_usage"));
    }

    /**
     * Whether this answer refuses the request for its limit of output tokens: too low, or below a budget for thinking. What
     * an error quotes of the request itself says nothing.
     *
     * @param status the HTTP status
     * @param body the error body, or the beginning of it
     * @return true if a status of 400 or 422 comes with a text that speaks of such a limit
     */
    public static boolean isAboutTheTokenLimit(int status, String body) {
        return (status == 400 || status == 422)
                && TOKEN_LIMIT
                        .matcher(withoutQuotedInput(body.toLowerCase(Locale.ROOT)))
                        .find();
    }

    private static String withoutQuotedInput(String body) {
        int at = body.length();
        for (String key : new String[] {"\"input\"", "'input'", "\\\"input\\\""}) {
            int found = body.indexOf(key);
            at = found >= 0 ? Math.min(at, found) : at;
        }
        return body.substring(0, at);
    }

    static boolean isSuccess(int status) {
        return status >= 200 && status < 300;
    }
}
