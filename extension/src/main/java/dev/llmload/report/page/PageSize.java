package dev.llmload.report.page;

import java.util.List;
import java.util.function.Predicate;

/**
 * How much the page of a run holds.
 *
 * @param requests how many successes of a level
 * @param points how many points in time of a level
 */
record PageSize(int requests, int points) {
    private static final int OF_ALL = 900_000;
    private static final int OF_A_LEVEL = 60_000;
    private static final int MOST = 2_500_000;

    /** From the most that is ever shown downwards. */
    static final List<PageSize> STEPS = List.of(
            new PageSize(RequestSample.MOST, 720),
            new PageSize(3_750, 720),
            new PageSize(3_500, 720),
            new PageSize(3_250, 720),
            new PageSize(3_000, 720),
            new PageSize(2_750, 720),
            new PageSize(2_500, 720),
            new PageSize(2_000, 720),
            new PageSize(1_500, 720),
            new PageSize(1_000, 480),
            new PageSize(500, 240),
            new PageSize(200, 120),
            new PageSize(50, 60));

    /**
     * The largest that fits; the smallest where none does. What is smaller than one that fits is taken to fit.
     *
     * @param fits whether a page of this size is small enough
     */
    static PageSize largest(Predicate<PageSize> fits) {
        int low = 0;
        int high = STEPS.size() - 1;
        while (low < high) {
            int middle = (low + high) / 2;
            if (fits.test(STEPS.get(middle))) {
                high = middle;
            } else {
                low = middle + 1;
            }
        }
        return STEPS.get(low);
    }

    /** How many bytes the page of so many levels may have. */
    static int limit(int levels) {
        return Math.min(MOST, OF_ALL + OF_A_LEVEL * levels);
    }
}
