package dev.llmload.samples;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmload.prompt.Prompts;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The prompts that the gates use: enough of them, all different, short and long and of several turns. */
class PromptDataTests {
    private final Prompts prompts =
            Prompts.load("classpath:/prompts/chat.jsonl", getClass().getClassLoader());

    @Test
    void thereAreAtLeastTwoHundred_allDifferent() {
        Set<Object> distinct = new HashSet<>();
        for (int i = 0; i < prompts.size(); i++) {
            distinct.add(prompts.get(i).messages());
        }
        assertThat(prompts.size()).isGreaterThanOrEqualTo(200);
        assertThat(distinct).hasSize(prompts.size());
    }

    @Test
    void theirLengthsSpreadAsRealOnesDo() {
        long severalTurns = 0;
        long longContexts = 0;
        for (int i = 0; i < prompts.size(); i++) {
            int turns = prompts.get(i).messages().size();
            int chars = prompts.get(i).messages().stream()
                    .mapToInt(message -> message.content().length())
                    .sum();
            severalTurns += turns >= 3 ? 1 : 0;
            longContexts += chars >= 600 ? 1 : 0;
        }
        assertThat(severalTurns).isGreaterThanOrEqualTo(40);
        assertThat(longContexts).isGreaterThanOrEqualTo(30);
        assertThat(prompts.statistics().minChars()).isLessThan(60);
    }
}
