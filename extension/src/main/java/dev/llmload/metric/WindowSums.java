package dev.llmload.metric;

import dev.llmload.result.Window;
import dev.llmload.result.request.RequestRecord;

/**
 * What happened while the window was open, whoever caused it: also requests sent before it opened, or the beginning of
 * every window would look idle. Tokens and completions are those of successes only.
 *
 * @param outputTokens output tokens, those of a request spread evenly over its token events
 * @param promptTokens uncached prompt tokens, those of a request spread evenly over [sent, first token]
 * @param completions answers whose last token arrived
 * @param inFlightMean time-weighted mean of the requests in flight; NaN in a window without length
 * @param inSessionMean time-weighted mean of the users in session; NaN in a window without length
 */
public record WindowSums(
        double outputTokens, double promptTokens, double completions, double inFlightMean, double inSessionMean) {
    static WindowSums of(Window window, Merged merged) {
        boolean whole = window.kind() == Window.Kind.WHOLE_RUN;
        Overflow overflow = merged.overflow();
        long open = window.openNanos();
        long close = window.closeNanos();
        double output = whole ? overflow.wholeRun.output() : overflow.outputInWindow();
        double prompt = overflow.promptTokens.sum(open, close);
        double completions = overflow.completions.sum(open, close);
        double inFlight = overflow.inFlight.sum(open, close);
        double inSession = overflow.inSession.sum(open, close);
        for (RequestRecord record : merged.records()) {
            inFlight += Span.inFlight(record).overlap(window);
            inSession += Span.inSession(record).overlap(window);
            if (record.succeeded()) {
                Span prefill = new Span(record.times().sent(), record.times().firstToken());
                output += whole ? TokenWork.output(record) : TokenWork.outputInWindow(record);
                prompt += TokenWork.uncachedPrompt(record) * (whole ? 1 : prefill.shareIn(window));
                completions += whole || window.contains(record.times().lastToken()) ? 1 : 0;
            }
        }
        double length = close - open > 0 ? close - open : Double.NaN;
        return new WindowSums(output, prompt, completions, inFlight / length, inSession / length);
    }
}
