package dev.llmload.simulator.engine;

import java.util.Arrays;

/**
 * How long a prompt is, and how it begins. There is no tokenizer here: four characters are a token, so that a block of
 * the KV cache is {@value #CHARS} characters. The hash at the end of each full block stands for everything up to there,
 * the roles of the messages included; two prompts with the same hash begin alike.
 */
public final class PromptBlocks {
    private static final int CHARS = 4 * KvCache.BLOCK;
    private static final long PRIME = 0x100000001B3L;

    private long hash = 0xCBF29CE484222325L;
    private int chars;
    private long[] blocks = new long[4];

    /** A message or text begins; its role is part of what it begins with. */
    public void begin(String role) {
        for (int i = 0; i < role.length(); i++) {
            mix(role.charAt(i));
        }
        mix(0x1F);
    }

    public void text(String text) {
        for (int i = 0; i < text.length(); i++) {
            mix(text.charAt(i));
            if (++chars % CHARS == 0) {
                int block = chars / CHARS - 1;
                if (block == blocks.length) {
                    blocks = Arrays.copyOf(blocks, block * 2);
                }
                blocks[block] = spread(hash);
            }
        }
    }

    /** Characters / 4, rounded up; at least 1. */
    public int tokens() {
        return Math.max(1, (int) ((chars + 3L) / 4));
    }

    public long[] hashes() {
        return Arrays.copyOf(blocks, chars / CHARS);
    }

    private void mix(int value) {
        hash = (hash ^ value) * PRIME; // FNV-1a
    }

    private static long spread(long value) {
        long z = (value ^ (value >>> 30)) * 0xBF58476D1CE4E5B9L;
        z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
        return z ^ (z >>> 31);
    }
}
