package dev.llmload.result.time;

import java.util.ArrayList;
import java.util.List;

/**
 * How the values of a distribution come together in time: counts by run, then by slice of its time. Slices are equally long
 * and at least as long as a request takes on average. Implementations are immutable.
 */
public interface InTime {
    /**
     * How many values above a limit came in each slice.
     *
     * @return one such count; where sizes are kept coarsely, that above the next limit below and that above the next one above
     */
    List<long[][]> above(double limit);

    /** How many values came in each slice, whatever their size. */
    long[][] all();

    /** How many requests failed in each slice. */
    long[][] failures();

    /**
     * Of several runs, one after the other.
     *
     * @param each at least one
     */
    static InTime joined(List<InTime> each) {
        return new InTime() {
            @Override
            public List<long[][]> above(double limit) {
                List<List<long[][]>> found =
                        each.stream().map(run -> run.above(limit)).toList();
                int most = found.stream().mapToInt(List::size).max().orElse(0);
                List<long[][]> sides = new ArrayList<>();
                for (int i = 0; i < most; i++) {
                    int side = i;
                    sides.add(runs(found.stream()
                            .map(run -> run.get(Math.min(side, run.size() - 1)))
                            .toList()));
                }
                return sides;
            }

            @Override
            public long[][] all() {
                return runs(each.stream().map(InTime::all).toList());
            }

            @Override
            public long[][] failures() {
                return runs(each.stream().map(InTime::failures).toList());
            }
        };
    }

    private static long[][] runs(List<long[][]> each) {
        return each.stream().flatMap(java.util.Arrays::stream).toArray(long[][]::new);
    }
}
