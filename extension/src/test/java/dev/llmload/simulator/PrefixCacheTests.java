package dev.llmload.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.llmload.prompt.Prompt;
import dev.llmload.prompt.Prompts;
import dev.llmload.result.ChatMessage;
import dev.llmload.simulator.engine.BatchEngine;
import dev.llmload.simulator.engine.EngineModel;
import dev.llmload.simulator.engine.PromptBlocks;
import dev.llmload.simulator.engine.Sequence;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * Prompts that share their beginnings, on the engine's own time: one after the other, so that the time to first token is
 * {@code stepBase} and the prefill of what is not cached.
 */
class PrefixCacheTests {
    private static final String ENGINE =
            "simulator:small?prefillRate=10000&stepTokens=4096&kvTokens=65536&maxContext=4096";
    private static final int GROUPS = 8;
    private static final Prompts SHARING = Prompts.load(
            "synthetic:input=1024,output=1,shared=768,groups=" + GROUPS + ",count=64",
            PrefixCacheTests.class.getClassLoader());

    /** What became of a prompt, of whose tokens some are shared with others. */
    private record Answer(int promptTokens, int sharedTokens, int cachedTokens, long ttftNanos) {
        double cachedShare() {
            return (double) cachedTokens / promptTokens;
        }
    }

    private static List<Answer> answers(EngineModel model, Prompts prompts) {
        BatchEngine engine = new BatchEngine(model);
        List<Answer> answers = new ArrayList<>();
        for (int i = 0; i < prompts.size(); i++) {
            PromptBlocks blocks = blocks(prompts.get(i));
            Sequence sequence = new Sequence(blocks.tokens(), blocks.hashes(), 1, () -> {});
            engine.submit(sequence);
            long nanos = engine.begin();
            engine.end();
            assertThat(sequence.complete()).isTrue();
            int shared = prompts.get(i).messages().get(0).content().length() / 4;
            answers.add(new Answer(blocks.tokens(), shared, sequence.cachedTokens(), nanos));
        }
        return answers;
    }

    private static PromptBlocks blocks(Prompt prompt) {
        PromptBlocks blocks = new PromptBlocks();
        for (ChatMessage message : prompt.messages()) {
            blocks.begin(message.role());
            blocks.text(message.content());
        }
        return blocks;
    }

    private static EngineModel engine(String parameters) {
        return SimulatorSettings.parse(ENGINE + parameters).engine().orElseThrow();
    }

    private static double ttft(EngineModel model, double uncachedTokens) {
        return model.stepBase().toNanos() + uncachedTokens * 1e9 / model.prefillRate();
    }

    @Test
    void withACache_theTtftOfWhatIsShared_fallsAsTheModelSays() {
        EngineModel model = engine("");
        List<Answer> answers = answers(model, SHARING);
        for (Answer first : answers.subList(0, GROUPS)) {
            assertThat(first.cachedTokens()).isZero();
            assertThat((double) first.ttftNanos()).isCloseTo(ttft(model, first.promptTokens()), within(1.0));
        }
        for (Answer later : answers.subList(GROUPS, answers.size())) {
            assertThat(later.cachedShare()).isCloseTo(0.75, within(0.03));
            double meant = ttft(model, later.promptTokens() - later.sharedTokens());
            assertThat(later.ttftNanos() / meant).isCloseTo(1, within(0.05));
            assertThat(later.ttftNanos() / ttft(model, later.promptTokens())).isLessThan(0.45);
        }
    }

    @Test
    void withoutACache_itDoesNot() {
        EngineModel model = engine("&prefixCache=false");
        for (Answer answer : answers(model, SHARING)) {
            assertThat(answer.cachedTokens()).isZero();
            assertThat((double) answer.ttftNanos()).isCloseTo(ttft(model, answer.promptTokens()), within(1.0));
        }
    }

    @Test
    void promptsThatShareNothing_findNothing() {
        Prompts apart = Prompts.load("synthetic:input=1024,count=64", getClass().getClassLoader());
        assertThat(answers(engine(""), apart)).allMatch(answer -> answer.cachedTokens() == 0);
    }

    @Test
    void aCacheWithRoomForHalfOfTheGroups_forgetsEachBeforeItsTurn() {
        // Eight beginnings of 768 words in turns, and the longest unused goes first.
        assertThat(answers(engine("&prefixCacheTokens=4096"), SHARING)).allMatch(answer -> answer.cachedTokens() == 0);
        assertThat(answers(engine("&prefixCacheTokens=16384"), SHARING).subList(GROUPS, 64))
                .allMatch(answer -> answer.cachedShare() > 0.7);
    }
}
