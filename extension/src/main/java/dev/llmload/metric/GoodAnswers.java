package dev.llmload.metric;

import dev.llmload.result.Window;
import dev.llmload.result.request.RequestRecord;

/**
 * How much of a level was good: answers that succeeded and met every objective.
 *
 * @param count of the sample
 * @param completions whose last token arrived in the window, whenever they were sent
 * @param tokens of good answers in the window: their output, and with each completion a prompt of the sample's mean length
 */
public record GoodAnswers(long count, double completions, double tokens) {
    static GoodAnswers of(Sample sample, Merged merged) {
        Window window = sample.window();
        boolean whole = window.kind() == Window.Kind.WHOLE_RUN;
        GoodSums beyond = merged.overflow().good;
        Objectives objectives = merged.objectives();
        long count = beyond.count(window);
        long prompt = beyond.prompt(window);
        for (RequestRecord record : sample.requests()) {
            if (objectives.good(record)) {
                count++;
                prompt += GoodSums.prompt(record);
            }
        }
        double completions = beyond.completions(window);
        double output = beyond.output(window);
        for (RequestRecord record : merged.records()) {
            if (objectives.good(record)) {
                completions += whole || window.contains(record.times().lastToken()) ? 1 : 0;
                output += whole ? TokenWork.output(record) : TokenWork.outputInWindow(record);
            }
        }
        return new GoodAnswers(count, completions, count == 0 ? output : output + completions * prompt / count);
    }
}
