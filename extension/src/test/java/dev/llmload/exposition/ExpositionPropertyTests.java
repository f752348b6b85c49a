package dev.llmload.exposition;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Pages that nobody would think of. */
class ExpositionPropertyTests {
    @Property(seed = "11", tries = 2000)
    void whatIsWritten_isRead(@ForAll("pages") List<Sample> page) {
        assertThat(Exposition.parse(written(page))).isEqualTo(page);
    }

    @Property(seed = "12", tries = 300)
    void ofAPageThatIsCutOff_theWholeLinesAreRead(@ForAll("pages") List<Sample> page) {
        String text = written(page);
        for (int length = 0; length <= text.length(); length++) {
            String cut = text.substring(0, length);
            int lines = (int) cut.chars().filter(c -> c == '\n').count();
            assertThat(Exposition.parse(cut)).isEqualTo(page.subList(0, lines));
        }
    }

    @Property(seed = "13", tries = 5000)
    void noTextIsASurprise(@ForAll("texts") String text) {
        List<Sample> found = Exposition.parse(text);
        assertThat(found).allSatisfy(sample -> assertThat(sample.name()).isNotEmpty());
        assertThat((long) found.size())
                .isLessThanOrEqualTo(text.chars().filter(c -> c == '\n').count());
    }

    private static String written(List<Sample> page) {
        StringBuilder text = new StringBuilder();
        for (Sample sample : page) {
            String labels = sample.labels().entrySet().stream()
                    .map(label -> label.getKey() + "=\"" + escaped(label.getValue()) + "\"")
                    .collect(Collectors.joining(","));
            text.append(sample.name()).append(labels.isEmpty() ? "" : "{" + labels + "}");
            text.append(' ').append(number(sample.value())).append('\n');
        }
        return text.toString();
    }

    private static String escaped(String value) {
        return value.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n");
    }

    private static String number(double value) {
        return Double.isInfinite(value) ? (value > 0 ? "+Inf" : "-Inf") : Double.toString(value);
    }

    @Provide
    Arbitrary<List<Sample>> pages() {
        Arbitrary<String> names = Arbitraries.of("up", "vllm:x_total", "DCGM_FI_DEV_GPU_UTIL", "_a:b9");
        Arbitrary<Map<String, String>> labels = Arbitraries.maps(
                        Arbitraries.of("model_name", "engine", "UUID", "le"),
                        Arbitraries.strings().withChars("a0 \\\"\n{}=,#é").ofMaxLength(6))
                .ofMaxSize(3);
        Arbitrary<Double> values = Arbitraries.oneOf(
                Arbitraries.doubles(), Arbitraries.of(0.0, Double.NaN, Double.POSITIVE_INFINITY, -1e-300));
        return Combinators.combine(names, labels, values).as(Sample::new).list().ofMaxSize(5);
    }

    @Provide
    Arbitrary<String> texts() {
        Arbitrary<String> hostile = Arbitraries.of(
                        "a", "{", "}", "\"", "\\", "=", ",", " ", "\t", "\n", "\r", "#", "1", "NaN", "e", "+", ".",
                        "\0", "é")
                .list()
                .ofMaxSize(40)
                .map(parts -> String.join("", parts));
        return Arbitraries.oneOf(hostile, Arbitraries.strings().ofMaxLength(200));
    }
}
