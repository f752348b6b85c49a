package dev.llmload.prompt;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmload.junit.Reuse;
import dev.llmload.prompt.PromptSupply.Draw;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PromptMixTests {
    @TempDir
    Path folder;

    private Prompts mix(String first, String second) throws IOException {
        Path a = Files.write(folder.resolve("a.txt"), Collections.nCopies(5, "from a"));
        Path b = Files.write(folder.resolve("b.txt"), List.of("from b", "from b too"));
        return Prompts.load(
                first + " " + a + ", " + second + " " + b, getClass().getClassLoader());
    }

    private static List<String> draws(Prompts prompts, long seed, int count) {
        PromptSupply supply = new PromptSupply(prompts, Reuse.ALLOW, seed);
        return IntStream.range(0, count)
                .mapToObj(i -> supply.next())
                .map(Draw::messages)
                .map(messages -> messages.get(0).content())
                .toList();
    }

    @Test
    void shares_areThoseOfTheRequests_whateverTheSizesOfTheSources() throws IOException {
        long ofA = draws(mix("70%", "30%"), 42, 10_000).stream()
                .filter("from a"::equals)
                .count();
        assertThat(ofA).isBetween(6_850L, 7_150L);
    }

    @Test
    void sameSeed_givesTheSameSequence_anotherSeedAnother() throws IOException {
        Prompts prompts = mix("50%", "50%");
        assertThat(draws(prompts, 42, 100)).isEqualTo(draws(prompts, 42, 100)).isNotEqualTo(draws(prompts, 43, 100));
    }

    @Test
    void parts_haveTheirOwnNumbers_andTheWholeHasAll() throws IOException {
        Prompts prompts = mix("62.5 %", "37.5 %");
        assertThat(prompts.parts()).extracting(PromptPart::weight).containsExactly(0.625, 0.375);
        assertThat(prompts.parts())
                .extracting(part -> part.statistics().count())
                .containsExactly(5, 2);
        assertThat(prompts.size()).isEqualTo(7);
        assertThat(prompts.statistics().count()).isEqualTo(7);
        assertThat(prompts.statistics().maxWords()).isEqualTo(3);
        assertThat(prompts.get(6).messages().get(0).content()).isEqualTo("from b too");
    }

    @Test
    void fingerprint_dependsOnTheShares() throws IOException {
        assertThat(mix("70%", "30%").sha256()).isNotEqualTo(mix("60%", "40%").sha256());
    }

    @Test
    void textInBothSources_isARepetition() throws IOException {
        Path a = Files.writeString(folder.resolve("a.txt"), "same");
        Path b = Files.writeString(folder.resolve("b.txt"), "same");
        Prompts prompts = Prompts.load("50% " + a + ", 50% " + b, getClass().getClassLoader());
        PromptSupply supply = new PromptSupply(prompts, Reuse.UNIQUE_PREFIX, 1);
        assertThat(IntStream.range(0, 50).mapToObj(i -> supply.next().messages()))
                .doesNotHaveDuplicates();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "70% builtin:chat, 20% builtin:long|the shares must add up to 100%, but are 90%",
                "70% builtin:chat, 30.5% builtin:long|the shares must add up to 100%, but are 100.5%",
                "100% builtin:chat, 0% builtin:long|a share must be above 0%; leave out the source \"builtin:long\"",
                "50% builtin:chat, 50% builtin:lon|there is no built-in set \"lon\"",
            })
    void whatIsWrong_isSaid(String spec, String problem) {
        assertThat(PromptFiles.error(spec)).startsWith("prompts \"").contains(problem);
    }
}
