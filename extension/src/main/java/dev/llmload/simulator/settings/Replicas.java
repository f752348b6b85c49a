package dev.llmload.simulator.settings;

/**
 * How many engines stand behind the one address, each with a GPU and a prefix cache of its own, and which of them gets a
 * request.
 *
 * @param count engines, 1 to 64
 * @param stickyHeader requests with the same value of this header go to the same engine; those without it, and all where it
 *     is empty, go to the engines in turns
 */
public record Replicas(int count, String stickyHeader) {
    /**
     * Checks each value.
     *
     * @param count see above
     * @param stickyHeader see above
     */
    public Replicas {
        Require.that(count >= 1 && count <= 64, "replicas", "from 1 to 64", count);
        Require.that(
                stickyHeader.isEmpty() || stickyHeader.matches("[!#$%&'*+.^_`|~0-9A-Za-z-]+"),
                "stickyHeader",
                "the name of an HTTP header such as X-Session-ID",
                "\"" + stickyHeader + "\"");
        Require.that(
                stickyHeader.isEmpty() || count > 1,
                "stickyHeader",
                "empty with replicas=1, which gets every request anyway",
                "\"" + stickyHeader + "\"");
    }

    @Override
    public String toString() {
        return count == 1
                ? "1 replica"
                : count + " replicas, " + (stickyHeader.isEmpty() ? "in turns" : "sticky by " + stickyHeader);
    }
}
