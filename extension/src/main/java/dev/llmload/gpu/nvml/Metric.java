package dev.llmload.gpu.nvml;

/**
 * One value of a device, with the ways to ask for it, best first. A way that the driver or the device does not have is
 * given up for good; when none is left the value is absent.
 */
final class Metric {
    /** One way to ask. */
    interface Way {
        double ask() throws NvmlException;
    }

    private final String name;
    private final Way[] ways;
    private int current;
    private String reason = "";

    Metric(String name, Way... ways) {
        this.name = name;
        this.ways = ways;
    }

    /**
     * The value now.
     *
     * @return NaN if there is no way left
     * @throws NvmlException if it failed this time
     */
    double get() throws NvmlException {
        while (current < ways.length) {
            try {
                return ways[current].ask();
            } catch (NvmlException e) {
                if (!NvmlCode.notThere(e.code())) {
                    throw e;
                }
                next(e);
            }
        }
        return Double.NaN;
    }

    /** The first value. A way that fails already now, whyever, is given up, unless the device itself is gone. */
    double first() throws NvmlException {
        while (current < ways.length) {
            try {
                return ways[current].ask();
            } catch (NvmlException e) {
                if (NvmlCode.lost(e.code())) {
                    throw e;
                }
                next(e);
            }
        }
        return Double.NaN;
    }

    /** Whether there is no way to have it. */
    boolean absent() {
        return current == ways.length;
    }

    /** {@code "power: …"} with the reason of the first way that failed. */
    String whyAbsent() {
        return name + ": " + reason;
    }

    private void next(NvmlException e) {
        reason = reason.isEmpty() ? String.valueOf(e.getMessage()) : reason;
        current++;
    }
}
