package dev.llmload.simulator.engine;

import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;

/**
 * The room for KV entries, in blocks, and which blocks of prompts it still knows. A full block of a prompt is shared by
 * all that begin alike up to its end; when none holds it any more it stays, until the room is needed: the longest
 * unused goes first, also where more stay than may be remembered. The blocks of answers are not remembered.
 */
final class KvCache {
    /** Tokens of a block, vLLM's default. */
    static final int BLOCK = 16;

    private final int capacity;
    private final boolean sharing;
    private final int mostIdle;
    private final Map<Long, Integer> holders = new HashMap<>();
    private final LinkedHashSet<Long> idle = new LinkedHashSet<>();
    private int held;

    KvCache(EngineModel model) {
        this.capacity = model.kvTokens() / BLOCK;
        this.sharing = model.prefixCache();
        this.mostIdle = model.prefixCacheTokens() == 0 ? capacity : model.prefixCacheTokens() / BLOCK;
    }

    /** Share of the room that requests hold, 0 to 1. What is only remembered does not count. */
    double usage() {
        return (double) held / capacity;
    }

    /** Leading blocks of the prompt that are known. At least one token of a prompt is always computed. */
    int known(Sequence sequence) {
        if (!sharing) {
            return 0;
        }
        long[] blocks = sequence.promptBlocks();
        int most = Math.min(blocks.length, (sequence.promptTokens() - 1) / BLOCK);
        int hits = 0;
        while (hits < most && (holders.containsKey(blocks[hits]) || idle.contains(blocks[hits]))) {
            hits++;
        }
        return hits;
    }

    /** Room for the first tokens of a sequence, of which some blocks are known. False, and nothing taken, if there is none. */
    boolean admit(Sequence sequence, int knownBlocks, int tokens) {
        int woken = 0;
        for (int i = 0; i < knownBlocks; i++) {
            if (idle.contains(sequence.promptBlocks()[i])) {
                woken++;
            }
        }
        if (blocks(tokens) - knownBlocks + woken > capacity - held) {
            return false;
        }
        for (int i = 0; i < knownBlocks; i++) {
            long block = sequence.promptBlocks()[i];
            if (idle.remove(block)) {
                held++;
            }
            holders.merge(block, 1, Integer::sum);
            sequence.sharedBlocks.add(block);
        }
        sequence.offeredBlocks = knownBlocks;
        return grow(sequence, tokens);
    }

    /** Room for so many tokens of a sequence altogether. False, and nothing taken, if there is none. */
    boolean grow(Sequence sequence, int tokens) {
        int more = Math.max(0, blocks(tokens) - sequence.blocks());
        if (more > capacity - held) {
            return false;
        }
        held += more;
        sequence.ownBlocks += more;
        forget();
        return true;
    }

    /** What is remembered gives way, the longest unused first. */
    private void forget() {
        Iterator<Long> oldest = idle.iterator();
        for (int surplus = idle.size() - Math.min(mostIdle, capacity - held); surplus > 0; surplus--) {
            oldest.next();
            oldest.remove();
        }
    }

    /** The prompt's blocks that are now computed may serve others. */
    void offer(Sequence sequence) {
        if (!sharing) {
            return;
        }
        long[] blocks = sequence.promptBlocks();
        int computed = Math.min(blocks.length, sequence.computed / BLOCK);
        for (; sequence.offeredBlocks < computed; sequence.offeredBlocks++) {
            long block = blocks[sequence.offeredBlocks];
            if (!holders.containsKey(block) && !idle.contains(block)) {
                holders.put(block, 1);
                sequence.ownBlocks--;
                sequence.sharedBlocks.add(block);
            }
        }
    }

    /** Gives back all that a sequence holds. */
    void release(Sequence sequence) {
        held -= sequence.ownBlocks;
        sequence.ownBlocks = 0;
        List<Long> shared = sequence.sharedBlocks;
        // From the end: a prompt's later blocks are of no use without the earlier ones, so they may go first.
        for (int i = shared.size() - 1; i >= 0; i--) {
            Long block = shared.get(i);
            if (holders.merge(block, -1, Integer::sum) == 0) {
                holders.remove(block);
                idle.add(block);
                held--;
            }
        }
        shared.clear();
        sequence.offeredBlocks = 0;
        forget();
    }

    private static int blocks(int tokens) {
        return (tokens + BLOCK - 1) / BLOCK;
    }
}
