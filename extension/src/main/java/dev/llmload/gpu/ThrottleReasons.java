package dev.llmload.gpu;

import java.util.ArrayList;
import java.util.List;

/** Why an NVIDIA driver holds a GPU's clocks down, in words. */
public final class ThrottleReasons {
    private static final long IDLE = 1;
    private static final String[] WORDS = {
        "", // idle: nothing to hold down
        "application clocks",
        "power cap",
        "hardware slowdown",
        "sync boost",
        "thermal slowdown by software",
        "thermal slowdown by hardware",
        "power brake",
        "display clocks"
    };

    private ThrottleReasons() {}

    /**
     * Reads the driver's mask of reasons.
     *
     * @param mask one bit a reason, as NVML and nvidia-smi give it
     * @return separated by {@code |}; empty if nothing but idleness holds the clocks down
     */
    public static String words(long mask) {
        List<String> words = new ArrayList<>();
        for (long rest = mask & ~IDLE; rest != 0; rest &= rest - 1) {
            int bit = Long.numberOfTrailingZeros(rest);
            words.add(bit < WORDS.length ? WORDS[bit] : "reason 0x" + Long.toHexString(1L << bit));
        }
        return String.join("|", words);
    }
}
