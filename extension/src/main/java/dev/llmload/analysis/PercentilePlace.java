package dev.llmload.analysis;

/**
 * Where a side's percentile may lie: between a value and the next one, with a probability each. What lies farther than
 * {@value #DEVIATIONS} standard deviations away is left out, so a million values take some thousand places.
 *
 * @param lowest the lower value of each place, rising; 0 below the smallest
 * @param highest the upper value of each place, rising; infinite above the largest
 * @param upTo probability of the places up to each, that one included; the last is 1
 */
record PercentilePlace(double[] lowest, double[] highest, double[] upTo) {
    private static final double DEVIATIONS = 7;

    static PercentilePlace of(PercentileRatio.Side side, double q) {
        long size = side.values().size();
        long n = (long) Math.floor(Math.min(side.effective(), size));
        double around = DEVIATIONS * Math.sqrt(n * q * (1 - q)) + DEVIATIONS;
        long first = Math.max(0, (long) (n * q - around));
        int count = (int) (Math.min(n, (long) Math.ceil(n * q + around)) - first + 1);
        double[] lowest = new double[count];
        double[] highest = new double[count];
        double each = (double) size / n;
        for (int i = 0; i < count; i++) {
            long below = first + i;
            long rank = n == size ? below : (long) Math.floor(below * each);
            lowest[i] = rank == 0 ? 0 : side.values().at(rank);
            highest[i] = below == n
                    ? Double.POSITIVE_INFINITY
                    : side.values().at(n == size ? below + 1 : Math.min(size, (long) Math.ceil((below + 1) * each)));
        }
        return new PercentilePlace(lowest, highest, cumulated(binomial(n, q, first, count)));
    }

    /** Probabilities of first, first + 1, … of n, each from its neighbour, outwards from the middle. */
    private static double[] binomial(long n, double q, long first, int count) {
        double[] terms = new double[count];
        int middle = (int) Math.max(0, Math.min(count - 1, (long) (n * q) - first));
        terms[middle] = 1;
        double odds = q / (1 - q);
        for (int i = middle + 1; i < count; i++) {
            terms[i] = terms[i - 1] * (n - (first + i) + 1) / (first + i) * odds;
        }
        for (int i = middle - 1; i >= 0; i--) {
            terms[i] = terms[i + 1] * (first + i + 1) / (n - (first + i)) / odds;
        }
        return terms;
    }

    private static double[] cumulated(double[] terms) {
        double[] sums = new double[terms.length];
        double sum = 0;
        for (int i = 0; i < sums.length; i++) {
            sum += terms[i];
            sums[i] = sum;
        }
        for (int i = 0; i < sums.length; i++) {
            sums[i] /= sum;
        }
        return sums;
    }

    double probability(int place) {
        return place == 0 ? upTo[0] : upTo[place] - upTo[place - 1];
    }

    /** Of the first so many places together. */
    double ofFirst(int places) {
        return places == 0 ? 0 : upTo[places - 1];
    }
}
