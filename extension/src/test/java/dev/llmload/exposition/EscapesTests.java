package dev.llmload.exposition;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class EscapesTests {
    @Test
    void aLabelEscapesBackslashes_quotesAndLineEnds() {
        assertThat(Escapes.label("a\\b \"c\"\r\nd")).isEqualTo("a\\\\b \\\"c\\\"\\nd");
    }

    @Test
    void aHelpKeepsItsQuotes() {
        assertThat(Escapes.help("a\\b \"c\"\r\nd")).isEqualTo("a\\\\b \"c\"\\nd");
    }

    @Test
    void whatIsWrittenIsReadAgain() {
        MetricsText text = new MetricsText("a \"model\"\nof C:\\weights");
        text.counters("faults_total", "Of each\nkind.", "kind", Map.of("re\"set", 3L));

        assertThat(Exposition.parse(text.toString())).singleElement().satisfies(sample -> {
            assertThat(sample.label("model_name")).isEqualTo("a \"model\"\nof C:\\weights");
            assertThat(sample.label("kind")).isEqualTo("re\"set");
            assertThat(sample.value()).isEqualTo(3);
        });
    }
}
