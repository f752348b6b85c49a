package dev.llmload.prompt;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Whatever the rows of a file are: each is read, or skipped and counted; none is lost, and nothing is thrown but a refusal. */
class OddRowsPropertyTests {
    private static final Pattern SKIPPED =
            Pattern.compile(": (\\d+) rows?(?: without a text)? (?:was|were) skipped, of (\\d+): ");

    @Property(tries = 300)
    void rowsReadAndRowsSkipped_areAllRows(@ForAll("rows") List<String> rows, @ForAll boolean carriageReturns)
            throws IOException {
        Path file = Files.createTempFile("odd", ".jsonl");
        try {
            Files.writeString(file, String.join(carriageReturns ? "\r\n" : "\n", rows));
            Prompts prompts = Prompts.load(file + "?skip=100%", OddRowsPropertyTests.class.getClassLoader());
            long skipped = 0;
            for (String note : prompts.notes()) {
                Matcher matcher = SKIPPED.matcher(note);
                if (matcher.find()) {
                    skipped = Long.parseLong(matcher.group(1));
                    assertThat(matcher.group(2)).isEqualTo(Long.toString(rows.size()));
                }
            }
            assertThat(prompts.size() + skipped).isEqualTo(rows.size());
            for (int i = 0; i < prompts.size(); i++) {
                assertThat(prompts.get(i).messages()).isNotEmpty();
                assertThat(prompts.get(i).messages())
                        .last()
                        .satisfies(message -> assertThat(message.role()).isNotEqualTo("assistant"));
            }
        } catch (IllegalArgumentException e) {
            assertThat(e).hasMessageStartingWith("prompts \"" + file);
            // All are odd, or so few that one is too many.
            assertThat(rows.stream().filter("{\"prompt\":\"good\"}"::equals).count())
                    .satisfiesAnyOf(
                            good -> assertThat(good).isZero(),
                            good -> assertThat(rows.size()).isLessThan(20));
        } finally {
            Files.delete(file);
        }
    }

    @Provide
    Arbitrary<List<String>> rows() {
        Arbitrary<String> value = Arbitraries.of(
                "null",
                "7",
                "\"\"",
                "\" \"",
                "\"text\"",
                "[]",
                "{}",
                "true",
                "[\"a\",\"b\"]",
                "[null]",
                "[[]]",
                "[{\"type\":\"text\",\"text\":\"p\"}]",
                "[{\"type\":\"image_url\"}]",
                "{\"messages\":[]}");
        Arbitrary<String> role = Arbitraries.of(
                "user", "assistant", "system", "tool", "human", "gpt", "function_call", "observation", "narrator", "");
        Arbitrary<String> turn = Arbitraries.of("\"role\"", "\"from\"")
                .flatMap(key -> role.flatMap(name -> value.map(text -> "{" + key + ":\"" + name + "\","
                        + (key.equals("\"role\"") ? "\"content\":" : "\"value\":") + text + "}")));
        Arbitrary<String> turns = turn.list().ofMaxSize(4).map(all -> "[" + String.join(",", all) + "]");
        Arbitrary<String> keyed = Arbitraries.of(
                        "prompt",
                        "messages",
                        "conversations",
                        "turns",
                        "body",
                        "prompt_content",
                        "cut_chat_history",
                        "x")
                .flatMap(key -> Arbitraries.oneOf(value, turns).map(text -> "{\"" + key + "\":" + text + "}"));
        Arbitrary<String> broken = keyed.map(text -> text.substring(0, Math.max(1, text.length() / 2)));
        return Arbitraries.frequencyOf(
                        net.jqwik.api.Tuple.of(4, Arbitraries.just("{\"prompt\":\"good\"}")),
                        net.jqwik.api.Tuple.of(2, keyed),
                        net.jqwik.api.Tuple.of(1, turns),
                        net.jqwik.api.Tuple.of(1, broken),
                        net.jqwik.api.Tuple.of(1, value))
                .list()
                .ofMinSize(1)
                .ofMaxSize(60);
    }
}
