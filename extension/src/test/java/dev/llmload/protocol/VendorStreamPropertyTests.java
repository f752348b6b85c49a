package dev.llmload.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmload.result.Outcome;
import dev.llmload.result.request.FinishReasons;
import dev.llmload.result.request.RequestRecord;
import dev.llmload.result.request.RequestRecord.Tokens;
import dev.llmload.result.request.UsageFlaw;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import net.jqwik.api.constraints.IntRange;

/** Whatever a server says of usage and ends: never an exception, never a silent zero, the same wherever it stands. */
class VendorStreamPropertyTests {
    private static final String TEXT = Wire.content("The") + Wire.content(" ball");

    private static final List<String> PLACES = List.of(
            "{\"choices\":[],\"usage\":@@}",
            "{\"usage\":@@,\"choices\":[{\"index\":0,\"delta\":{}}]}",
            "{\"choices\":[{\"usage\":@@,\"index\":0,\"delta\":{}}]}",
            "{\"choices\":[{\"index\":0,\"delta\":{\"usage\":@@}}]}",
            "{\"x_vendor\":{\"id\":\"r\",\"usage\":@@},\"choices\":[]}",
            "{\"choices\":[{\"index\":0,\"delta\":{},\"meta\":[{\"deep\":[1,{\"usage\":@@}]}]}]}",
            "{\"x\":{\"usage\":@@},\"usage\":@@}",
            "{\"usage\":@@,\"x\":{\"usage\":@@}}",
            "{\"usage\":null,\"choices\":[],\"x\":{\"usage\":@@}}",
            "{\"x\":{\"usage\":@@},\"usage\":{}}");

    private static Response answered(String usage, String place) {
        String event = "data: " + place.replace("@@", usage) + "\n\n";
        return Response.ok().at(10, TEXT + Wire.STOP).at(20, event + Wire.DONE).end(30);
    }

    @Property(seed = "20261130", tries = 2000)
    void anyUsage_isReadOrUnknown_neverZeroBesideText(@ForAll("usages") String usage, @ForAll("places") String place) {
        Response r = answered(usage, place);
        assertThat(r.stream.outcome()).isEqualTo(Outcome.OK);
        Tokens t = r.tokens();
        assertThat(t.output()).isNotZero().isGreaterThanOrEqualTo(RequestRecord.UNKNOWN);
        assertThat(t.prompt()).isNotZero().isGreaterThanOrEqualTo(RequestRecord.UNKNOWN);
        assertThat(t.cached())
                .isGreaterThanOrEqualTo(RequestRecord.UNKNOWN)
                .isLessThanOrEqualTo(Math.max(t.prompt(), -1));
        assertThat(t.streamed()).isGreaterThanOrEqualTo(RequestRecord.UNKNOWN).isLessThanOrEqualTo(t.output());
        assertThat(t.output() < 0).isEqualTo(t.streamed() < 0);
        assertThat(t.events()).isEqualTo(2);
        if (t.flaw() == UsageFlaw.ZERO || t.flaw() == UsageFlaw.UNREADABLE) {
            assertThat(t.output()).isEqualTo(RequestRecord.UNKNOWN);
        }
    }

    @Property(seed = "20261131", tries = 500)
    void aUsageSaysTheSameWhereverItStands_andHoweverOften(
            @ForAll("usages") String usage, @ForAll("places") String one, @ForAll("places") String other) {
        assertThat(answered(usage, one).tokens())
                .isEqualTo(answered(usage, other).tokens());
        String twice = "data: " + one.replace("@@", usage) + "\n\ndata: " + other.replace("@@", usage) + "\n\n";
        assertThat(Response.ok()
                        .at(10, TEXT + Wire.STOP + twice + Wire.DONE)
                        .end(30)
                        .tokens()
                        .output())
                .isEqualTo(answered(usage, one).tokens().output());
    }

    @Property(seed = "20261132", tries = 500)
    void reasoning_isWithinTheCompletionOrBesideIt_asTheTotalSays(
            @ForAll @IntRange(min = 1, max = 1_000_000) int prompt,
            @ForAll @IntRange(min = 1, max = 1_000_000) int text,
            @ForAll @IntRange(min = 1, max = 1_000_000) int reasoning) {
        String form = "{\"prompt_tokens\":%d,\"completion_tokens\":%d,\"total_tokens\":%d,"
                + "\"completion_tokens_details\":{\"reasoning_tokens\":%d}}";
        int output = text + reasoning;
        Tokens within = answered(form.formatted(prompt, output, prompt + output, reasoning), PLACES.get(0))
                .tokens();
        Tokens beside = answered(form.formatted(prompt, text, prompt + output, reasoning), PLACES.get(0))
                .tokens();
        assertThat(within).isEqualTo(beside);
        assertThat(within.output()).isEqualTo(output);
        assertThat(within.streamed()).isEqualTo(text);
        assertThat(within.reasoning()).isEqualTo(reasoning);
        assertThat(within.flaw()).isEqualTo(UsageFlaw.NONE);
    }

    @Property(seed = "20261133", tries = 300)
    void theLastUsageThatCountsIsTheOne(@ForAll("counts") List<Integer> counts) {
        StringBuilder events = new StringBuilder(TEXT);
        int expected = RequestRecord.UNKNOWN;
        for (int count : counts) {
            events.append("data: {\"usage\":{\"prompt_tokens\":9,\"completion_tokens\":" + count + "}}\n\n");
            expected = count > 0 ? count : expected;
        }
        Tokens tokens = Response.ok().at(10, events + Wire.STOP).end(20).tokens();
        assertThat(tokens.output()).isEqualTo(expected);
    }

    @Property(seed = "20261134", tries = 2000)
    void anyFinishReason_isASuccessOrAStreamErrorWithItsName(@ForAll("reasons") String reason) {
        String event = "data: {\"choices\":[{\"index\":0,\"delta\":{},\"finish_reason\":" + quoted(reason) + "}]}\n\n";
        Response r = Response.ok().at(10, TEXT + event + Wire.DONE).end(20);
        boolean failed = FinishReasons.isFailure(reason);
        assertThat(r.stream.outcome()).isEqualTo(failed ? Outcome.STREAM_ERROR : Outcome.OK);
        assertThat(r.stream.finishReason()).isEqualTo(FinishReasons.isNone(reason) ? "" : reason);
        if (failed) {
            assertThat(r.stream.error()).startsWith("finish_reason ");
            assertThat(FinishReasons.isFiltered(reason)).isFalse();
            assertThat(FinishReasons.isKnown(reason)).isTrue();
        }
    }

    @Property(seed = "20261135", tries = 2000)
    void anyJsonUnderTheNamesThatCount_endsInWords(@ForAll("json") String json) {
        Response r = Response.ok()
                .at(10, Wire.content("a") + "data: " + json + "\n\n" + Wire.STOP)
                .end(20);
        assertThat(r.stream.outcome()).isIn(Outcome.OK, Outcome.STREAM_ERROR, Outcome.PROTOCOL);
        assertThat(r.stream.error().isEmpty()).isEqualTo(r.stream.outcome() == Outcome.OK);
        assertThat(r.tokens().output()).isNotZero();
    }

    /** Contents that differ in their text alone go through the byte matcher; with another id each, through Jackson. */
    @Property(seed = "20261136", tries = 2000)
    void byteMatcherAndJackson_giveTheSameAnswer(@ForAll("contents") List<String> contents) {
        Response fast = fed(contents, false);
        Response slow = fed(contents, true);
        assertThat(fast.stream.text()).isEqualTo(slow.stream.text()).isEqualTo(answer(String.join("", contents)));
        assertThat(fast.stream.answer()).isEqualTo(slow.stream.answer());
        assertThat(fast.stream.firstOutputNanos()).isEqualTo(slow.stream.firstOutputNanos());
        assertThat(fast.tokens()).isEqualTo(slow.tokens());
    }

    private static Response fed(List<String> contents, boolean another) {
        Response r = Response.ok();
        r.stream.keepText();
        for (int i = 0; i < contents.size(); i++) {
            String id = another ? "\"id\":" + i + "," : "";
            r.at(
                    100 + i,
                    "data: {" + id + "\"choices\":[{\"index\":0,\"delta\":{\"content\":" + quoted(contents.get(i))
                            + "}}]}\n\n");
        }
        return r.at(900, Wire.STOP).end(901);
    }

    /** The rule of {@link ThinkTags}, for a whole content. */
    private static String answer(String content) {
        Map<String, String> tags = Map.of(
                "<think>", "</think>",
                "<thinking>", "</thinking>",
                "<thought>", "</thought>",
                "[THINK]", "[/THINK]");
        String text = trimmed(content);
        for (Map.Entry<String, String> tag : tags.entrySet()) {
            if (text.startsWith(tag.getKey())) {
                int end = text.indexOf(tag.getValue());
                return end < 0
                        ? ""
                        : trimmed(text.substring(end + tag.getValue().length()));
            }
        }
        return tags.values().stream()
                .filter(content::contains)
                .min(Comparator.comparing(content::indexOf))
                .map(tag -> trimmed(content.substring(content.indexOf(tag) + tag.length())))
                .orElse(content);
    }

    private static String trimmed(String rest) {
        return rest.replaceFirst("^[ \n\r\t]+", "");
    }

    private static String quoted(String text) {
        StringBuilder json = new StringBuilder("\"");
        text.chars().forEach(c -> {
            if (c == '"' || c == '\\' || c < ' ') {
                json.append(String.format("\\u%04x", c));
            } else {
                json.append((char) c);
            }
        });
        return json.append('"').toString();
    }

    @Provide
    Arbitrary<String> places() {
        return Arbitraries.of(PLACES);
    }

    @Provide
    Arbitrary<List<Integer>> counts() {
        return Arbitraries.integers().between(-1, 5).list().ofMinSize(1).ofMaxSize(5);
    }

    @Provide
    Arbitrary<String> usages() {
        Arbitrary<String> names = Arbitraries.of(
                "prompt_tokens",
                "completion_tokens",
                "total_tokens",
                "input_tokens",
                "output_tokens",
                "reasoning_tokens",
                "cached_tokens",
                "prompt_cache_hit_tokens",
                "cache_read_input_tokens",
                "cache_creation_input_tokens",
                "candidatesTokenCount",
                "other");
        Arbitrary<String> details = Arbitraries.of(
                        "prompt_tokens_details", "completion_tokens_details", "output_tokens_details")
                .flatMap(name -> Combinators.combine(
                                Arbitraries.of("cached_tokens", "reasoning_tokens", "audio_tokens"), values())
                        .as((inner, value) -> "\"" + name + "\":{\"" + inner + "\":" + value + "}"));
        Arbitrary<String> member = Arbitraries.oneOf(
                Combinators.combine(names, values()).as((name, value) -> "\"" + name + "\":" + value),
                details,
                Arbitraries.of("\"completion_tokens_details\":null", "\"prompt_tokens_details\":[1]"));
        return member.list().ofMaxSize(6).map(members -> "{" + String.join(",", members) + "}");
    }

    private static Arbitrary<String> values() {
        return Arbitraries.frequencyOf(
                Tuple.of(6, Arbitraries.integers().between(0, 40).map(String::valueOf)),
                Tuple.of(1, Arbitraries.integers().map(String::valueOf)),
                Tuple.of(
                        3,
                        Arbitraries.of(
                                "null",
                                "-1",
                                "2.5",
                                "3.0",
                                "\"7\"",
                                "true",
                                "[]",
                                "{}",
                                "1e400",
                                "-0",
                                "2147483647",
                                "2147483648",
                                "99999999999999999999")));
    }

    @Provide
    Arbitrary<String> reasons() {
        return Arbitraries.oneOf(
                Arbitraries.strings().ascii().ofMinLength(1).ofMaxLength(12),
                Arbitraries.of("stop", "LENGTH", "content_filter", "error", "Abort", "cancelled", "tool-calls", "eos"),
                Combinators.combine(
                                Arbitraries.of("", "network_", "engine ", "x"),
                                Arbitraries.of("error", "ABORTED", "timeout", "insufficient_system_resource"))
                        .as(String::concat));
    }

    @Provide
    Arbitrary<List<String>> contents() {
        return Arbitraries.oneOf(
                        Arbitraries.of(
                                "<think>",
                                "</think>",
                                "<thinking>",
                                "</thinking>",
                                "<thought>",
                                "</thought>",
                                "[THINK]"),
                        Arbitraries.of("<", "<th", "ink>", "</", "</thi", "nk>", "[/TH", "INK]", ">", "/"),
                        Arbitraries.of("a", " ", "\n\n", "b c", "é", "\\", "\"", "1 < 2"))
                .list()
                .ofMinSize(1)
                .ofMaxSize(8);
    }

    @Provide
    Arbitrary<String> json() {
        return json(6);
    }

    private static Arbitrary<String> json(int depth) {
        Arbitrary<String> scalars =
                Arbitraries.of("null", "1", "-1", "\"x\"", "\"\"", "true", "[]", "{}", "1e400", "\"error\"");
        if (depth == 0) {
            return scalars;
        }
        Arbitrary<String> inner = json(depth - 1);
        Arbitrary<String> names = Arbitraries.of(
                "choices",
                "delta",
                "content",
                "reasoning",
                "thought",
                "type",
                "text",
                "usage",
                "completion_tokens",
                "finish_reason",
                "error",
                "message",
                "code",
                "detail",
                "index",
                "object",
                "extra_content",
                "tool_calls");
        Arbitrary<String> member = Combinators.combine(names, inner).as((name, value) -> "\"" + name + "\":" + value);
        return Arbitraries.frequencyOf(
                Tuple.of(1, scalars),
                Tuple.of(1, inner.list().ofMaxSize(2).map(parts -> "[" + String.join(",", parts) + "]")),
                Tuple.of(3, member.list().ofMaxSize(4).map(members -> "{" + String.join(",", members) + "}")));
    }
}
