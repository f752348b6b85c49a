package dev.llmload.metric;

import dev.llmload.result.Window;
import dev.llmload.result.request.Phase;
import dev.llmload.result.request.RequestRecord;

/** What good answers add up to, for the window and for the whole run. Confined to one thread at a time. */
final class GoodSums {
    private final Objectives objectives;
    private final TimeBins completions = new TimeBins();
    private long sentInWindow;
    private long sent;
    private long prompt;
    private long promptInWindow;
    private double outputInWindow;
    private double output;

    GoodSums(Objectives objectives) {
        this.objectives = objectives;
    }

    void add(RequestRecord record) {
        if (!objectives.declared() || !objectives.good(record)) {
            return;
        }
        sent++;
        prompt += prompt(record);
        if (record.phase() == Phase.WINDOW) {
            sentInWindow++;
            promptInWindow += prompt(record);
        }
        output += TokenWork.output(record);
        outputInWindow += TokenWork.outputInWindow(record);
        completions.add(record.times().lastToken(), 1);
    }

    void addAll(GoodSums other) {
        sent += other.sent;
        sentInWindow += other.sentInWindow;
        prompt += other.prompt;
        promptInWindow += other.promptInWindow;
        output += other.output;
        outputInWindow += other.outputInWindow;
        completions.addAll(other.completions);
    }

    /** GoodAnswers answers of the sample that belongs to the window. */
    long count(Window window) {
        return window.kind() == Window.Kind.WHOLE_RUN ? sent : sentInWindow;
    }

    /** GoodAnswers answers whose last token arrived in the window. */
    double completions(Window window) {
        return completions.sum(window.openNanos(), window.closeNanos());
    }

    /** Prompt tokens of the good answers of the sample. */
    long prompt(Window window) {
        return window.kind() == Window.Kind.WHOLE_RUN ? prompt : promptInWindow;
    }

    /** Output tokens of good answers in the window. */
    double output(Window window) {
        return window.kind() == Window.Kind.WHOLE_RUN ? output : outputInWindow;
    }

    /** Prompt tokens, cached ones too; unknown ones count as none. */
    static int prompt(RequestRecord record) {
        return Math.max(0, record.tokens().prompt());
    }
}
