package dev.llmload.prompt;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmload.junit.Reuse;
import dev.llmload.prompt.PromptSupply.Draw;
import dev.llmload.result.ChatMessage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PromptSupplyTests {
    @TempDir
    Path folder;

    private Prompts prompts(String... lines) {
        try {
            Path file = Files.write(folder.resolve("p.txt"), List.of(lines));
            return Prompts.load(file.toString(), getClass().getClassLoader());
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static List<Draw> draw(PromptSupply supply, int count) {
        return IntStream.range(0, count).mapToObj(i -> supply.next()).toList();
    }

    private static String text(Draw draw) {
        return draw.messages().get(0).content();
    }

    @Test
    void firstPass_drawsEachPromptOnceAndUnchanged() {
        PromptSupply supply = new PromptSupply(prompts("a", "b", "c", "d"), Reuse.UNIQUE_PREFIX, 42);
        List<Draw> first = draw(supply, 4);
        assertThat(first).extracting(PromptSupplyTests::text).containsExactlyInAnyOrder("a", "b", "c", "d");
    }

    @Test
    void sameSeed_givesTheSameSequence_anotherSeedAnother() {
        Prompts prompts =
                prompts(IntStream.range(0, 30).mapToObj(i -> "prompt " + i).toArray(String[]::new));
        List<Draw> one = draw(new PromptSupply(prompts, Reuse.UNIQUE_PREFIX, 42), 90);
        assertThat(draw(new PromptSupply(prompts, Reuse.UNIQUE_PREFIX, 42), 90)).isEqualTo(one);
        List<Draw> other = draw(new PromptSupply(prompts, Reuse.UNIQUE_PREFIX, 43), 90);
        assertThat(other.subList(0, 30)).isNotEqualTo(one.subList(0, 30));
        assertThat(other.subList(30, 90)).doesNotContainAnyElementsOf(one.subList(30, 90));
    }

    @Test
    void usedUp_uniquePrefix_putsANonceBeforeTheFirstMessageOnly() throws IOException {
        Path file = Files.writeString(
                folder.resolve("p.jsonl"),
                "{\"messages\":[{\"role\":\"system\",\"content\":\"s\"},{\"role\":\"user\",\"content\":\"u\"}]}");
        Prompts prompts = Prompts.load(file.toString(), getClass().getClassLoader());
        List<Draw> draws = draw(new PromptSupply(prompts, Reuse.UNIQUE_PREFIX, 1), 2);
        assertThat(draws.get(0).messages())
                .containsExactly(new ChatMessage("system", "s"), new ChatMessage("user", "u"));
        assertThat(draws.get(1).messages().get(0).role()).isEqualTo("system");
        assertThat(draws.get(1).messages().get(0).content()).matches("\\[[0-9a-v]{7}] s");
        assertThat(draws.get(1).messages().get(1)).isEqualTo(new ChatMessage("user", "u"));
    }

    @Test
    void usedUp_uniquePrefix_neverRepeatsATextOrAnIdentity() {
        List<Draw> draws = draw(new PromptSupply(prompts("a", "b", "c"), Reuse.UNIQUE_PREFIX, 7), 5_000);
        assertThat(draws).extracting(PromptSupplyTests::text).doesNotHaveDuplicates();
        assertThat(draws).extracting(Draw::identity).doesNotHaveDuplicates();
    }

    @Test
    void nonces_differEarly_soThatNoPrefixIsShared() {
        List<Draw> draws = draw(new PromptSupply(prompts("a"), Reuse.UNIQUE_PREFIX, 7), 1_001);
        long firstTwo = draws.stream()
                .skip(1)
                .map(d -> text(d).substring(1, 3))
                .distinct()
                .count();
        assertThat(firstTwo).isGreaterThan(400);
    }

    @Test
    void textTwiceInTheSource_isARepetition() {
        List<Draw> allowed = draw(new PromptSupply(prompts("a", "a", "b"), Reuse.ALLOW, 42), 3);
        assertThat(allowed.stream().map(Draw::identity).distinct()).hasSize(2);
        List<Draw> unique = draw(new PromptSupply(prompts("a", "a", "b"), Reuse.UNIQUE_PREFIX, 42), 3);
        assertThat(unique).extracting(PromptSupplyTests::text).doesNotHaveDuplicates();
    }

    @Test
    void allow_repeatsTextsWithTheirIdentity() {
        Map<String, Long> identityOf = new HashMap<>();
        for (Draw draw : draw(new PromptSupply(prompts("a", "b", "c"), Reuse.ALLOW, 42), 300)) {
            Long before = identityOf.putIfAbsent(text(draw), draw.identity());
            assertThat(before).isIn(null, draw.identity());
        }
        assertThat(identityOf).containsOnlyKeys("a", "b", "c");
        assertThat(identityOf.values()).doesNotHaveDuplicates();
    }

    @Test
    void readAhead_givesTheSameSequence() {
        Prompts prompts =
                prompts(IntStream.range(0, 30).mapToObj(i -> "prompt " + i).toArray(String[]::new));
        List<Draw> expected = draw(new PromptSupply(prompts, Reuse.UNIQUE_PREFIX, 42), 900);
        try (PromptSupply supply = new PromptSupply(prompts, Reuse.UNIQUE_PREFIX, 42)) {
            List<Draw> before = draw(supply, 10);
            supply.readAhead();
            supply.readAhead();
            List<Draw> after = draw(supply, 890);
            assertThat(before).isEqualTo(expected.subList(0, 10));
            assertThat(after).isEqualTo(expected.subList(10, 900));
        }
    }

    @Test
    void bodies_areMadeByTheThreadThatReads_andByNobodyElse() {
        Set<String> makers = ConcurrentHashMap.newKeySet();
        UnaryOperator<Draw> maker = draw -> {
            makers.add(Thread.currentThread().getName());
            return draw.with("how", text(draw).getBytes(StandardCharsets.UTF_8));
        };
        Prompts prompts =
                prompts(IntStream.range(0, 30).mapToObj(i -> "prompt " + i).toArray(String[]::new));
        try (PromptSupply supply = new PromptSupply(prompts, Reuse.UNIQUE_PREFIX, 42)) {
            supply.prepare(maker);
            assertThat(supply.next().made()).as("nobody reads ahead yet").isEmpty();
            supply.readAhead();
            for (Draw draw : draw(supply, 500)) {
                assertThat(draw.madeBy("how"))
                        .hasValueSatisfying(body -> assertThat(body)
                                .asString(StandardCharsets.UTF_8)
                                .isEqualTo(text(draw)));
                assertThat(draw.madeBy("another way")).isEmpty();
            }
        }
        assertThat(makers).containsExactly("llm-load-prompts");
    }

    @Test
    void threads_shareOneSequenceWithoutLossOrRepetition() throws InterruptedException {
        PromptSupply supply = new PromptSupply(prompts("a", "b", "c"), Reuse.UNIQUE_PREFIX, 5);
        List<Long> identities = Collections.synchronizedList(new ArrayList<>());
        List<Thread> threads = IntStream.range(0, 4)
                .mapToObj(t -> new Thread(() -> draw(supply, 500).forEach(d -> identities.add(d.identity()))))
                .toList();
        threads.forEach(Thread::start);
        for (Thread thread : threads) {
            thread.join();
        }
        assertThat(identities).hasSize(2_000).doesNotHaveDuplicates();
    }
}
