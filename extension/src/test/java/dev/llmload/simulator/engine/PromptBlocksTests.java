package dev.llmload.simulator.engine;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PromptBlocksTests {
    private static PromptBlocks prompt(String... rolesAndTexts) {
        PromptBlocks prompt = new PromptBlocks();
        for (int i = 0; i < rolesAndTexts.length; i += 2) {
            prompt.begin(rolesAndTexts[i]);
            prompt.text(rolesAndTexts[i + 1]);
        }
        return prompt;
    }

    @Test
    void fourCharactersAreAToken_sixteenTokensABlock() {
        assertThat(prompt("user", "").tokens()).isEqualTo(1);
        assertThat(prompt("user", "hello").tokens()).isEqualTo(2);
        assertThat(prompt("user", "x".repeat(63)).hashes()).isEmpty();
        assertThat(prompt("user", "x".repeat(64)).hashes()).hasSize(1);
        assertThat(prompt("user", "x".repeat(640)).hashes()).hasSize(10).doesNotHaveDuplicates();
    }

    @Test
    void commonBeginnings_haveCommonHashes() {
        String system = "You are a careful assistant. ".repeat(6); // 174 characters: two full blocks
        long[] a =
                prompt("system", system, "user", "What is a river?".repeat(5)).hashes();
        long[] b =
                prompt("system", system, "user", "What is a garden?".repeat(5)).hashes();
        assertThat(b[0]).isEqualTo(a[0]);
        assertThat(b[1]).isEqualTo(a[1]);
        assertThat(b[2]).isNotEqualTo(a[2]);
    }

    @Test
    void aDifferenceAtTheBeginning_changesAllThatFollows() {
        long[] a = prompt("user", "a" + "x".repeat(191)).hashes();
        long[] b = prompt("user", "b" + "x".repeat(191)).hashes();
        assertThat(a).hasSize(3).doesNotContain(b);
    }

    @Test
    void rolesAreAPartOfTheBeginning() {
        assertThat(prompt("user", "x".repeat(64)).hashes())
                .isNotEqualTo(prompt("system", "x".repeat(64)).hashes());
    }
}
