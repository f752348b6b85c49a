package dev.llmload.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import net.jqwik.api.statistics.Statistics;

/** The byte matcher and Jackson give the same answer on every chunk. */
class ChunkEquivalencePropertyTests {
    private static final String TEXTS = "@@";

    /**
     * A chunk is generated with texts left open; one text makes the chunk to learn from, others make the chunks to match, among
     * them ones that try to break out of their string.
     */
    @Property(seed = "20261122", tries = 4000)
    void matchedChunk_saysWhatJacksonSays(
            @ForAll("chunks") String form,
            @ForAll("texts") String learnt,
            @ForAll("textLists") List<String> texts,
            @ForAll("chunks") String otherForm) {
        ChunkShape shape = new ChunkShape();
        byte[] first = Wire.bytes(form.replace(TEXTS, learnt));
        shape.learn(first, 0, first.length, read(first));
        for (String text : texts) {
            boolean matched = agree(shape, Wire.bytes(form.replace(TEXTS, text)));
            Statistics.collect(matched ? "matched" : "refused");
            agree(shape, Wire.bytes(otherForm.replace(TEXTS, text)));
        }
        Statistics.coverage(seen -> seen.check("matched").percentage(share -> share > 10));
    }

    /** The same with any byte changed, put in or taken out. */
    @Property(seed = "20261123", tries = 250)
    void damagedChunk_saysWhatJacksonSays(
            @ForAll("commonChunks") String form, @ForAll byte value, @ForAll("texts") String text) {
        ChunkShape shape = new ChunkShape();
        byte[] first = Wire.bytes(form.replace(TEXTS, "plain"));
        shape.learn(first, 0, first.length, read(first));
        byte[] bytes = Wire.bytes(form.replace(TEXTS, "a" + text));
        for (int at = 0; at < bytes.length; at++) {
            byte[] changed = bytes.clone();
            changed[at] = value;
            agree(shape, changed);
            byte[] longer = new byte[bytes.length + 1];
            System.arraycopy(bytes, 0, longer, 0, at);
            longer[at] = value;
            System.arraycopy(bytes, at, longer, at + 1, bytes.length - at);
            agree(shape, longer);
            byte[] shorter = new byte[bytes.length - 1];
            System.arraycopy(bytes, 0, shorter, 0, at);
            System.arraycopy(bytes, at + 1, shorter, at, shorter.length - at);
            agree(shape, shorter);
        }
    }

    private static boolean agree(ChunkShape shape, byte[] bytes) {
        boolean matched = shape.matches(bytes, 0, bytes.length);
        if (matched) {
            Chunk chunk = read(bytes);
            assertThat(chunk.malformed).isEmpty();
            assertThat(chunk.error).isEmpty();
            assertThat(chunk.finishReason).isEmpty();
            assertThat(chunk.usage.present()).isFalse();
            assertThat(chunk.isOneText()).isTrue();
            assertThat(chunk.reasoning[0]).isEqualTo(shape.reasoning());
        }
        return matched;
    }

    private static Chunk read(byte[] bytes) {
        Chunk chunk = new Chunk();
        ChunkReader.read(bytes, 0, bytes.length, chunk);
        return chunk;
    }

    @Provide
    Arbitrary<String> texts() {
        return Arbitraries.oneOf(
                Arbitraries.strings().ascii().ofMaxLength(5),
                Arbitraries.strings().alpha().ofMaxLength(8),
                Arbitraries.strings().ofMaxLength(4),
                Arbitraries.of(
                        "",
                        "中",
                        "😀",
                        "\\n",
                        "\\\"",
                        "\\\\",
                        "\\u4e2d",
                        "\\",
                        "\"",
                        "\",\"refusal\":\"x",
                        "\"},\"finish_reason\":\"stop",
                        "\"}}],\"usage\":{\"completion_tokens\":3},\"x\":[{\"y\":{\"z\":\""));
    }

    @Provide
    Arbitrary<List<String>> textLists() {
        return texts().list().ofMinSize(1).ofMaxSize(5);
    }

    @Provide
    Arbitrary<String> chunks() {
        return Arbitraries.oneOf(commonChunks(), anyChunks());
    }

    @Provide
    Arbitrary<String> commonChunks() {
        return Arbitraries.of(
                "{\"id\":\"c\",\"object\":\"chat.completion.chunk\",\"created\":1,\"model\":\"m\",\"choices\":[{\"index\":0,"
                        + "\"delta\":{\"content\":\"@@\"},\"logprobs\":null,\"finish_reason\":null}]}",
                "{\"choices\":[{\"finish_reason\":null,\"index\":0,\"delta\":{\"reasoning\":\"@@\"}}],\"created\":1}",
                "{\"choices\":[{\"index\":0,\"text\":\"@@\",\"finish_reason\":null}],\"usage\":null}");
    }

    private static Arbitrary<String> anyChunks() {
        Arbitrary<String> top = members(
                member("choices", array(choices())),
                member("usage", usages()),
                member("error", Arbitraries.of("null", "\"\"", "\"@@\"", "{\"message\":\"@@\"}", "{}")),
                member("object", Arbitraries.of("\"chat.completion.chunk\"", "\"error\"", "\"@@\"")),
                member("message", values()),
                member("timings", Arbitraries.of("{\"predicted_n\":3,\"usage\":{\"completion_tokens\":9}}")),
                member("content", values()));
        return top.map(members -> "{" + members + "}");
    }

    private static Arbitrary<String> choices() {
        return members(
                        member("index", Arbitraries.of("0", "1")),
                        member("delta", deltas()),
                        member("text", values()),
                        member("finish_reason", Arbitraries.of("null", "\"stop\"", "\"\"", "\"@@\"")),
                        member("logprobs", Arbitraries.of("null", "{\"content\":[{\"token\":\"@@\"}]}")))
                .map(members -> "{" + members + "}");
    }

    private static Arbitrary<String> deltas() {
        return members(
                        member("role", Arbitraries.of("\"assistant\"", "null")),
                        member("content", values()),
                        member("reasoning", values()),
                        member("reasoning_content", values()),
                        member("refusal", values()),
                        member("tool_calls", Arbitraries.of("null", "[]", "[{\"function\":{\"arguments\":\"@@\"}}]")),
                        member("unknown", Arbitraries.of("{\"content\":\"@@\"}", "[1,[2]]")))
                .map(members -> "{" + members + "}");
    }

    private static Arbitrary<String> usages() {
        return Arbitraries.of(
                "null",
                "{}",
                "{\"completion_tokens\":3,\"prompt_tokens\":1}",
                "{\"note\":\"@@\"}",
                "{\"prompt_tokens\":\"@@\"}");
    }

    private static Arbitrary<String> values() {
        return Arbitraries.frequencyOf(
                Tuple.of(4, Arbitraries.just("\"@@\"")),
                Tuple.of(
                        4,
                        Arbitraries.of(
                                "null", "\"\"", "5", "true", "[]", "{}", "[\"@@\"]", "{\"a\":\"@@\"}", "\"x\"")));
    }

    private static Arbitrary<String> array(Arbitrary<String> element) {
        return element.list().ofMaxSize(2).map(elements -> "[" + String.join(",", elements) + "]");
    }

    private static Arbitrary<String> member(String name, Arbitrary<String> value) {
        return value.map(v -> "\"" + name + "\":" + v);
    }

    /** Some of the members in any order, perhaps one of them twice. */
    @SafeVarargs
    private static Arbitrary<String> members(Arbitrary<String>... members) {
        Arbitrary<List<Integer>> order =
                Arbitraries.integers().between(0, members.length - 1).list().ofMaxSize(4);
        return order.flatMap(chosen -> Combinators.combine(
                        chosen.stream().map(i -> members[i]).toList())
                .as(parts -> String.join(",", parts)));
    }
}
