package dev.llmload.analysis;

/**
 * With which confidence each look at a growing sample is to be made, so that all looks together err no more often than one
 * would: the first spends half of the permitted error, each later one half of what is left. By Bonferroni's inequality that
 * holds whatever made somebody look again, and however many looks there are; it is stricter than group-sequential bounds that
 * use how the looks depend on each other (P. C. O'Brien and T. R. Fleming, "A multiple testing procedure for clinical
 * trials", Biometrics 35 (1979)). Pure functions, safe for any thread.
 */
public final class Spending {
    /** After so many looks nothing is left that a double can tell from nothing. */
    private static final int MOST = 40;

    private Spending() {}

    /**
     * The confidence of one look.
     *
     * @param inAll confidence of all looks together, above 0.5 and below 1
     * @param look which one, from 1
     * @return above {@code inAll}, below 1
     */
    public static double confidence(double inAll, int look) {
        Samples.checkConfidence(inAll);
        if (look < 1) {
            throw new IllegalArgumentException("looks are numbered from 1, but there was " + look);
        }
        return 1 - (1 - inAll) / Math.pow(2, Math.min(look, MOST));
    }
}
