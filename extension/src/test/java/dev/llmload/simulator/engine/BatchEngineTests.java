package dev.llmload.simulator.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** Times are in microseconds: a step is 1000, each decode 10, each token of context 1, each prefilled token 100. */
class BatchEngineTests {
    private static final long[] NO_BLOCKS = {};

    private final List<String> log = new ArrayList<>();
    private BatchEngine engine = engine(64, 8, 4096, false);

    private static BatchEngine engine(int stepTokens, int maxBatch, int kvTokens, boolean prefixCache) {
        return engine(stepTokens, maxBatch, kvTokens, prefixCache, 0);
    }

    private static BatchEngine engine(
            int stepTokens, int maxBatch, int kvTokens, boolean prefixCache, int prefixCacheTokens) {
        return new BatchEngine(new EngineModel(
                10_000,
                stepTokens,
                Duration.ofNanos(1_000_000),
                Duration.ofNanos(10_000),
                Duration.ofNanos(1_000),
                maxBatch,
                kvTokens,
                Math.min(kvTokens, 1024),
                prefixCache,
                prefixCacheTokens));
    }

    private Sequence submit(String name, int prompt, int output, long... blocks) {
        Sequence sequence = new Sequence(prompt, blocks, output, () -> log.add(name));
        engine.submit(sequence);
        return sequence;
    }

    /** One step; its microseconds, -1 if there was nothing to do. */
    private long step() {
        log.clear();
        long nanos = engine.begin();
        engine.end();
        return nanos < 0 ? -1 : nanos / 1000;
    }

    @Nested
    class Steps {
        @Test
        void nothingToDo_isNoStep() {
            assertThat(step()).isEqualTo(-1);
        }

        @Test
        void oneRequest_isPrefilledThenDecodedUntilItsLength() {
            submit("a", 20, 3);
            assertThat(step()).isEqualTo(1000 + 20 * 100);
            assertThat(log).containsExactly("a");
            assertThat(step()).isEqualTo(1000 + 10 + 21);
            assertThat(step()).isEqualTo(1000 + 10 + 22);
            assertThat(log).containsExactly("a");
            assertThat(step()).isEqualTo(-1);
            assertThat(engine.running()).isZero();
            assertThat(engine.kvUsage()).isZero();
            assertThat(engine.counters().promptTokens()).isEqualTo(20);
            assertThat(engine.counters().generationTokens()).isEqualTo(3);
        }

        @Test
        void aStepGrowsWithTheBatchAndWithEachContext() {
            submit("a", 10, 9);
            submit("b", 20, 9);
            assertThat(step()).isEqualTo(1000 + 30 * 100);
            assertThat(step()).isEqualTo(1000 + 2 * 10 + 11 + 21);
            assertThat(step()).isEqualTo(1000 + 2 * 10 + 12 + 22);
        }

        @Test
        void allOfABatch_getTheirTokensInTheSameStep_inTheOrderOfTheirAdmission() {
            submit("a", 1, 9);
            submit("b", 1, 9);
            submit("c", 1, 9);
            step();
            step();
            assertThat(log).containsExactly("a", "b", "c");
        }

        @Test
        void aLongPrefill_isChunked_andSharesTheBudgetWithDecodes() {
            submit("a", 4, 9);
            step();
            submit("long", 130, 9);
            assertThat(step()).isEqualTo(1000 + 10 + 5 + 63 * 100);
            assertThat(log).containsExactly("a");
            assertThat(step()).isEqualTo(1000 + 10 + 6 + 63 * 100);
            assertThat(step()).isEqualTo(1000 + 10 + 7 + 4 * 100);
            assertThat(log).containsExactly("a", "long");
            assertThat(step()).isEqualTo(1000 + 2 * 10 + 8 + 131);
        }

        @Test
        void whatAChunkLeavesOfTheBudget_goesToTheNextOne() {
            submit("a", 40, 2);
            submit("b", 40, 2);
            step();
            assertThat(log).containsExactly("a");
            assertThat(step()).isEqualTo(1000 + 10 + 41 + 16 * 100);
            assertThat(log).containsExactly("a", "b");
        }
    }

    @Nested
    class Queue {
        @Test
        void moreThanTheBatchHolds_waitInTheirOrder() {
            engine = engine(64, 2, 4096, false);
            submit("a", 1, 2);
            submit("b", 1, 3);
            submit("c", 1, 1);
            submit("d", 1, 1);
            step();
            assertThat(log).containsExactly("a", "b");
            assertThat(engine.running()).isEqualTo(2);
            assertThat(engine.waiting()).isEqualTo(2);
            step();
            step();
            assertThat(log).containsExactly("b", "c");
            step();
            assertThat(log).containsExactly("d");
        }

        @Test
        void cancelled_leavesTheQueueTheBatchAndAStepThatHasBegun() {
            Sequence a = submit("a", 1, 9);
            Sequence b = submit("b", 1, 9);
            step();
            Sequence c = submit("c", 1, 9);
            engine.cancel(c);
            engine.begin();
            engine.cancel(a);
            log.clear();
            engine.end();
            assertThat(log).containsExactly("b");
            engine.cancel(a);
            engine.cancel(b);
            assertThat(engine.running() + engine.waiting()).isZero();
            assertThat(engine.kvUsage()).isZero();
            assertThat(step()).isEqualTo(-1);
        }

        @Test
        void parked_keepsItsPlaceAndItsRoom_andGetsNothing() {
            engine = engine(64, 1, 4096, false);
            Sequence a = submit("a", 16, 9);
            submit("b", 1, 1);
            step();
            engine.park(a);
            assertThat(step()).isEqualTo(-1);
            assertThat(engine.running()).isEqualTo(1);
            assertThat(engine.kvUsage()).isEqualTo(1 / 256.0);
            engine.cancel(a);
            step();
            assertThat(log).containsExactly("b");
        }

        @Test
        void aRequestThatWouldNotFitItsContext_isRefused() {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> submit("a", 1000, 25))
                    .withMessage("prompt and answer must be at most 1024 tokens, but was 1025");
        }
    }

    @Nested
    class Memory {
        /** Room for four blocks of 16. */
        @Test
        void whenTheRoomIsFull_theNewestIsComputedAgainLater() {
            engine = engine(64, 8, 64, false);
            submit("a", 30, 20);
            submit("b", 30, 20);
            step();
            step();
            step(); // both have 33 known tokens, whose newest needs a third block each
            assertThat(engine.kvUsage()).isEqualTo(1.0);
            assertThat(step()).isEqualTo(1000 + 10 + 33);
            assertThat(log).containsExactly("a");
            assertThat(engine.counters().preemptions()).isEqualTo(1);
            assertThat(engine.running()).isEqualTo(1);
            assertThat(engine.waiting()).isEqualTo(1);
            for (int i = 0; i < 16; i++) {
                step();
                assertThat(log).as("step %d", i).containsExactly("a");
            }
            assertThat(step()).isEqualTo(1000 + 33 * 100); // all 33 again, for the 4th token
            assertThat(log).containsExactly("b");
            assertThat(step()).isEqualTo(1000 + 10 + 34);
            assertThat(engine.counters().promptTokens()).isEqualTo(60);
        }

        @Test
        void nobodyIsAdmitted_forWhomThereIsNoRoom() {
            engine = engine(64, 8, 64, false);
            submit("a", 40, 2);
            submit("b", 24, 2);
            submit("c", 1, 2);
            step();
            assertThat(log).containsExactly("a");
            assertThat(engine.waiting()).isEqualTo(2); // c waits behind b, though there is room for c
        }
    }

    @Nested
    class Prefixes {
        @Test
        void theSameBeginning_isComputedOnce() {
            engine = engine(64, 8, 4096, true);
            Sequence a = submit("a", 40, 2, 1, 2);
            step();
            Sequence b = submit("b", 40, 2, 1, 2);
            assertThat(step()).isEqualTo(1000 + 10 + 41 + 8 * 100);
            assertThat(a.cachedTokens()).isZero();
            assertThat(b.cachedTokens()).isEqualTo(32);
            assertThat(engine.counters().prefixQueries()).isEqualTo(80);
            assertThat(engine.counters().prefixHits()).isEqualTo(32);
            assertThat(engine.kvUsage()).isEqualTo((2 + 1) / 256.0); // a has ended; two shared blocks and b's own
        }

        @Test
        void aPromptThatIsWhollyKnown_stillComputesItsLastBlock() {
            engine = engine(64, 8, 4096, true);
            submit("a", 32, 1, 1, 2);
            step();
            assertThat(engine.kvUsage()).isZero();
            Sequence b = submit("b", 32, 1, 1, 2);
            assertThat(step()).isEqualTo(1000 + 16 * 100);
            assertThat(b.cachedTokens()).isEqualTo(16);
        }

        @Test
        void onlyTheCommonBeginningCounts() {
            engine = engine(128, 8, 4096, true);
            submit("a", 64, 1, 1, 2, 3, 4);
            step();
            Sequence b = submit("b", 64, 1, 1, 2, 9, 4);
            step();
            assertThat(b.cachedTokens()).isEqualTo(32);
        }

        @Test
        void roomThatIsNeeded_isTakenFromWhatIsOnlyRemembered_latestBlocksFirst() {
            engine = engine(64, 8, 64, true);
            submit("a", 40, 1, 1, 2);
            step();
            submit("other", 33, 1, 7, 8);
            step(); // 3 of 4 blocks: block 2 had to go, block 1 stayed
            Sequence b = submit("b", 40, 1, 1, 2);
            step();
            assertThat(b.cachedTokens()).isEqualTo(16);
        }

        @Test
        void moreThanMayBeRemembered_isForgotten_theLongestUnusedFirst() {
            engine = engine(128, 8, 4096, true, 64); // four blocks
            submit("a", 40, 1, 1, 2);
            step();
            submit("b", 40, 1, 3, 4);
            step();
            submit("a again", 40, 1, 1, 2);
            step();
            submit("c", 40, 1, 5, 6); // b's blocks are the longest unused now
            step();
            Sequence a = submit("a", 40, 1, 1, 2);
            Sequence b = submit("b", 40, 1, 3, 4);
            step();
            assertThat(a.cachedTokens()).isEqualTo(32);
            assertThat(b.cachedTokens()).isZero();
        }

        @Test
        void whatRequestsHold_isSharedBeyondWhatMayBeRemembered() {
            engine = engine(256, 8, 4096, true, 16);
            submit("a", 40, 9, 1, 2);
            step();
            Sequence b = submit("b", 40, 1, 1, 2);
            step();
            assertThat(b.cachedTokens()).isEqualTo(32);
        }

        @Test
        void switchedOff_nothingIsRemembered() {
            submit("a", 40, 1, 1, 2);
            step();
            assertThat(submit("b", 40, 1, 1, 2).cachedTokens()).isZero();
            assertThat(step()).isEqualTo(1000 + 40 * 100);
            assertThat(engine.counters().prefixHits()).isZero();
        }
    }

    @Test
    void theSameRequests_giveTheSameRun() {
        assertThat(tale()).isEqualTo(tale()).isNotEmpty();
    }

    /** A run with a queue, preemptions and chunks, as a list of steps. */
    private List<String> tale() {
        engine = engine(32, 6, 128, true);
        List<String> tale = new ArrayList<>();
        for (int i = 0; i < 12; i++) {
            submit("r" + i, 10 + 3 * i, 5 + 2 * i, NO_BLOCKS);
        }
        for (long step = step(); step >= 0; step = step()) {
            tale.add(step + " " + log + " " + engine.running() + " " + engine.waiting());
        }
        assertThat(engine.counters().preemptions()).isPositive();
        assertThat(engine.counters().generationTokens()).isEqualTo(12 * 5 + 2 * 66);
        assertThat(engine.kvUsage()).isZero();
        return tale;
    }
}
