package dev.llmload.prompt;

import java.util.Map;
import java.util.TreeMap;

/** How many prompts have which length. Exact, and as large as there are different lengths. Used by one thread. */
final class LengthCounts {
    private final TreeMap<Integer, Integer> counts = new TreeMap<>();
    private int count;
    private long sum;

    void add(int length) {
        counts.merge(length, 1, Integer::sum);
        count++;
        sum += length;
    }

    void add(LengthCounts other) {
        other.counts.forEach((length, times) -> counts.merge(length, times, Integer::sum));
        count += other.count;
        sum += other.sum;
    }

    int count() {
        return count;
    }

    long sum() {
        return sum;
    }

    double mean() {
        return (double) sum / count;
    }

    double median() {
        return (ranked((count - 1) / 2) + (double) ranked(count / 2)) / 2;
    }

    int min() {
        return counts.firstKey();
    }

    int max() {
        return counts.lastKey();
    }

    private int ranked(int rank) {
        int before = 0;
        for (Map.Entry<Integer, Integer> entry : counts.entrySet()) {
            before += entry.getValue();
            if (before > rank) {
                return entry.getKey();
            }
        }
        throw new IllegalStateException("rank " + rank + " of " + count);
    }
}
