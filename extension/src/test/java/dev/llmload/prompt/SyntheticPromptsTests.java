package dev.llmload.prompt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.llmload.junit.Reuse;
import dev.llmload.result.ChatMessage;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SyntheticPromptsTests {
    private static Prompts load(String spec) {
        return Prompts.load(spec, SyntheticPromptsTests.class.getClassLoader());
    }

    @Test
    void lengths_haveTheirMeanAndDeviation() {
        Prompts prompts = load("synthetic:input=512±128,output=128+-16,count=4000");
        double sum = 0;
        double squares = 0;
        double outputs = 0;
        for (int i = 0; i < 4_000; i++) {
            int words = prompts.get(i).words();
            sum += words;
            squares += (double) words * words;
            outputs += prompts.get(i).output().orElseThrow().tokens();
        }
        double mean = sum / 4_000;
        assertThat(mean).isCloseTo(512, within(8.0));
        assertThat(Math.sqrt(squares / 4_000 - mean * mean)).isCloseTo(128, within(8.0));
        assertThat(outputs / 4_000).isCloseTo(128, within(2.0));
        assertThat(prompts.statistics().meanWords()).isCloseTo(mean, within(1e-9));
    }

    @Test
    void withoutDeviation_allAreAsLong_andDifferent() {
        Prompts prompts = load("synthetic:input=32,output=7,count=50,pin=true");
        assertThat(PromptFiles.texts(prompts)).doesNotHaveDuplicates();
        for (int i = 0; i < 50; i++) {
            assertThat(prompts.get(i).words()).isEqualTo(32);
            assertThat(prompts.get(i).output()).contains(new OutputLength(7, true));
        }
        assertThat(load("synthetic:input=32").get(0).output()).isEqualTo(Optional.empty());
    }

    @Test
    void sameSeed_makesTheSame_anotherSeedOthers() {
        assertThat(load("synthetic:input=9").sha256())
                .isEqualTo(load("synthetic:input=9,seed=42").sha256());
        assertThat(load("synthetic:input=9").sha256())
                .isNotEqualTo(load("synthetic:input=9,seed=43").sha256());
    }

    @Test
    void supply_handsTheOutputLengthOn_alsoWithANonce() {
        PromptSupply supply = new PromptSupply(load("synthetic:input=3,output=5,count=1"), Reuse.UNIQUE_PREFIX, 1);
        assertThat(supply.next().output()).contains(new OutputLength(5, false));
        assertThat(supply.next().output()).contains(new OutputLength(5, false));
    }

    @Test
    void shared_isASystemMessage_thatAllOfAGroupHaveAlike() {
        Prompts prompts = load("synthetic:input=100±10,output=7,shared=75,groups=3,count=30");
        for (int i = 0; i < 30; i++) {
            Prompt prompt = prompts.get(i);
            assertThat(prompt.messages()).extracting(ChatMessage::role).containsExactly("system", "user");
            assertThat(prompt.shared()).isEqualTo(new SharedStart(1, 75, i % 3));
            assertThat(prompt.messages().get(0))
                    .isEqualTo(prompts.get(i % 3).messages().get(0));
        }
        assertThat(IntStream.range(0, 30)
                        .mapToObj(i -> prompts.get(i).messages().get(1)))
                .doesNotHaveDuplicates();
        assertThat(IntStream.range(0, 3).mapToObj(i -> prompts.get(i).messages().get(0)))
                .doesNotHaveDuplicates();
        assertThat(prompts.get(4).words())
                .isEqualTo(load("synthetic:input=100±10,output=7").get(4).words());
    }

    @Test
    void shared_isInTheStatistics() {
        PromptStatistics shared =
                load("synthetic:input=100,shared=75,groups=3,count=30").statistics();
        assertThat(shared.sharedWords()).isEqualTo(0.75);
        assertThat(shared.groups()).isEqualTo(3);
        PromptStatistics mixed = load("50% synthetic:input=100,shared=50,count=10, 50% synthetic:input=100,count=10")
                .statistics();
        assertThat(mixed.sharedWords()).isEqualTo(0.25);
        assertThat(mixed.groups()).isEqualTo(1);
    }

    @Test
    void supply_putsItsNonceBehindWhatIsShared_andSaysHowMuchThatIs() {
        PromptSupply supply = new PromptSupply(load("synthetic:input=8,shared=6,count=1"), Reuse.UNIQUE_PREFIX, 1);
        PromptSupply.Draw first = supply.next();
        PromptSupply.Draw second = supply.next();
        assertThat(second.messages().get(0)).isEqualTo(first.messages().get(0));
        assertThat(second.messages().get(1).content())
                .matches("\\[[0-9a-v]{7}] " + first.messages().get(1).content());
        assertThat(second.identity()).isNotEqualTo(first.identity());
        assertThat(second.origin().shared()).isEqualTo(0.75);
        PromptSupply apart = new PromptSupply(load("synthetic:input=8,count=1"), Reuse.UNIQUE_PREFIX, 1);
        assertThat(apart.next().origin().shared()).isZero();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "synthetic:|expected synthetic:input=512±128,output=128",
                "synthetic:output=3|it has no input",
                "synthetic:input=0|input must be a whole number from 1 to 9999999, or mean±deviation, but is \"0\"",
                "synthetic:input=5~2|but is \"5~2\"",
                "synthetic:input=5,inputs=2|but found \"inputs=2\"",
                "synthetic:input=5,input=2|but found \"input=2\"",
                "synthetic:input=5,count=3±1|count must be a whole number from 1 to 9999999, but is \"3±1\"",
                "synthetic:input=5,shared=5|shared must be below input, which it is a part of, but 5 is not below 5",
                "synthetic:input=5,shared=0|shared must be a whole number from 1 to 9999999, but is \"0\"",
                "synthetic:input=5,shared=3±1|shared must be a whole number from 1 to 9999999, but is \"3±1\"",
                "synthetic:input=5,groups=2|groups needs shared=, the number of words that the prompts of a group begin"
                        + " with",
                "synthetic:input=5,shared=3,groups=9,count=8|groups must be at most count, or some group has no prompt,"
                        + " but 9 is above 8",
                "synthetic:input=5,pin=true|pin must be true or false, true with output= only, but is \"true\"",
            })
    void whatIsWrong_isSaid(String spec, String problem) {
        assertThat(PromptFiles.error(spec))
                .startsWith("prompts \"" + spec + "\": ")
                .contains(problem);
    }
}
