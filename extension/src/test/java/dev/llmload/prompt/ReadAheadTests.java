package dev.llmload.prompt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.llmload.prompt.PromptSupply.Draw;
import dev.llmload.result.ChatMessage;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Prompts are drawn by a thread of their own, some of them before they are needed, and never many. */
@Timeout(300)
class ReadAheadTests {
    private final AtomicInteger drawn = new AtomicInteger();

    private Draw draw(int length) {
        return new Draw(List.of(new ChatMessage("user", "x".repeat(length))), drawn.getAndIncrement());
    }

    private static void untilItWaits(ReadAhead ahead) {
        while (ahead.thread().getState() != Thread.State.WAITING) {
            Thread.onSpinWait();
        }
    }

    @Test
    void theSourceIsAskedByOneThread_whichIsNotThatOfTheTaker_andInOrder() {
        Set<Thread> threads = ConcurrentHashMap.newKeySet();
        try (ReadAhead ahead = new ReadAhead(() -> {
            threads.add(Thread.currentThread());
            return draw(1);
        })) {
            List<Long> identities = new ArrayList<>();
            for (int i = 0; i < 1000; i++) {
                identities.add(ahead.take().identity());
            }
            assertThat(identities).isEqualTo(LongStream.range(0, 1000).boxed().toList());
            assertThat(threads).containsExactly(ahead.thread());
            assertThat(ahead.thread().isDaemon()).isTrue();
        }
    }

    @Test
    void atMostSoManyAreDrawnAhead() {
        try (ReadAhead ahead = new ReadAhead(() -> draw(1))) {
            untilItWaits(ahead);
            assertThat(drawn).hasValue(ReadAhead.MOST_DRAWS);
            ahead.take();
            while (drawn.get() == ReadAhead.MOST_DRAWS) {
                Thread.onSpinWait();
            }
            untilItWaits(ahead);
            assertThat(drawn).hasValue(ReadAhead.MOST_DRAWS + 1);
        }
    }

    @Test
    void longPrompts_areFewer_andOneIsAlwaysDrawn() {
        try (ReadAhead ahead = new ReadAhead(() -> draw(1_500_000))) {
            untilItWaits(ahead);
            assertThat(drawn).hasValue(3);
        }
        drawn.set(0);
        try (ReadAhead ahead = new ReadAhead(() -> draw(5_000_000))) {
            untilItWaits(ahead);
            assertThat(drawn).hasValue(1);
            assertThat(ahead.take().identity()).isZero();
        }
    }

    @Test
    void aFailureOfTheSource_isThrownAfterAllDrawsBeforeIt_andFromThenOn() {
        IllegalStateException changed = new IllegalStateException("the file was changed");
        try (ReadAhead ahead = new ReadAhead(() -> {
            if (drawn.get() == 2) {
                throw changed;
            }
            return draw(1);
        })) {
            assertThat(ahead.take().identity()).isZero();
            assertThat(ahead.take().identity()).isEqualTo(1);
            assertThatThrownBy(ahead::take).isSameAs(changed);
            assertThatThrownBy(ahead::take).isSameAs(changed);
        }
    }

    @Test
    void closed_itsThreadEnds_andWhoWaitsIsToldSo() throws InterruptedException {
        CountDownLatch asked = new CountDownLatch(1);
        CountDownLatch released = new CountDownLatch(1);
        ReadAhead ahead = new ReadAhead(() -> {
            asked.countDown();
            try {
                released.await();
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
            return draw(1);
        });
        asked.await();
        List<Throwable> thrown = new ArrayList<>();
        Thread taker = new Thread(() -> {
            try {
                ahead.take();
            } catch (IllegalStateException e) {
                thrown.add(e);
            }
        });
        taker.start();
        while (taker.getState() != Thread.State.WAITING) {
            Thread.onSpinWait();
        }
        Thread closer = new Thread(ahead::close);
        closer.start();
        taker.join();
        released.countDown();
        closer.join();
        ahead.thread().join();
        assertThat(thrown).singleElement().satisfies(e -> assertThat(e).hasMessage("the supply of prompts is closed"));
        assertThatIllegalStateException().isThrownBy(ahead::take).withMessage("the supply of prompts is closed");
    }
}
