package dev.llmload.prompt;

import java.util.ArrayList;
import java.util.List;

/**
 * One source of a {@link Prompts}, checked.
 *
 * @param spec as the user wrote it
 * @param weight its share of the requests, from 0 (excluded) to 1
 * @param store its prompts
 * @param measures what is known of them
 * @param notes what the user should know of how they were read
 */
public record Part(String spec, double weight, PromptStore store, Measures measures, List<String> notes) {
    Part weighing(double share) {
        return new Part(spec, share, store, measures, notes);
    }

    public Part noting(String more) {
        List<String> all = new ArrayList<>(notes);
        all.add(more);
        return new Part(spec, weight, store, measures, all);
    }

    PromptPart shown() {
        return new PromptPart(spec, weight, measures.sha256(), measures.statistics());
    }
}
