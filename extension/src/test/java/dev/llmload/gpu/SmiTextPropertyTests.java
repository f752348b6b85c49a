package dev.llmload.gpu;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** However rows, warnings and messages are mixed: each healthy row is read, and none of them is ever a reason. */
class SmiTextPropertyTests {
    private static final SmiQuery QUERY =
            new SmiQuery(new SmiCommand("none", Duration.ofSeconds(1)), "gpu", "uuid", "utilization.gpu", "power.draw");

    @Provide
    Arbitrary<String> noise() {
        return Arbitraries.oneOf(
                Arbitraries.of(
                        "uuid, utilization.gpu [%], power.draw [W]",
                        "WARNING: infoROM is corrupted at gpu 0000:65:00.0",
                        "Unable to determine the device handle for GPU1: 0000:65:00.0: Unknown Error",
                        "GPU-lost, [GPU is lost], [GPU is lost]",
                        "[Unknown Error], [Unknown Error], [Unknown Error]",
                        "GPU-failed, ERR!, ERR!",
                        "No devices were found",
                        ",,",
                        "GPU-, 1, 2"),
                Arbitraries.strings().withCharRange(' ', '~').ofMaxLength(60).filter(text -> !text.contains("GPU-")),
                Arbitraries.strings().ofMaxLength(20).filter(text -> !text.contains("GPU-")));
    }

    @Provide
    Arbitrary<String> value() {
        return Arbitraries.oneOf(
                Arbitraries.of("[N/A]", "[Not Supported]", "98", "257.31", "98 %", "257.31 W"),
                Arbitraries.doubles().between(0, 1000).ofScale(2).map(String::valueOf));
    }

    @Property(tries = 300, seed = "11", edgeCases = EdgeCasesMode.NONE)
    void rowsAreFoundAmongAnything(
            @ForAll("rows") List<String> values,
            @ForAll("noises") List<String> noise,
            @ForAll("statuses") int status,
            @ForAll long order) {
        List<String> rows = new ArrayList<>();
        for (int i = 0; i < values.size(); i++) {
            rows.add("GPU-" + i + ", " + values.get(i));
        }
        List<String> lines = new ArrayList<>(rows);
        lines.addAll(noise);
        Collections.shuffle(lines, new Random(order));
        SmiMessages messages = new SmiMessages(new SmiCommand.Answer(status, lines), QUERY, SmiCommand.Answer.NOTHING);

        assertThat(lines.stream().filter(messages::healthy)).containsExactlyInAnyOrderElementsOf(rows);
        assertThat(messages.leftOut()).doesNotContainAnyElementsOf(rows.isEmpty() ? List.of("none") : rows);
        for (String row : rows) {
            assertThat(messages.about("GPU-of-another")).doesNotContain(row);
            assertThat(messages.why()).doesNotContain(row);
        }
    }

    @Property(tries = 1000, seed = "12")
    void aNumberIsOneOrNone(@ForAll String text) {
        List<String> values = List.of("GPU-a", text, text);
        double number = QUERY.number(values, "utilization.gpu");
        assertThat(Double.isNaN(number) || number >= 0 && Double.isFinite(number))
                .isTrue();
    }

    @Provide
    Arbitrary<List<String>> rows() {
        return value().flatMap(one -> value().map(two -> one + ", " + two))
                .list()
                .ofMaxSize(8);
    }

    @Provide
    Arbitrary<List<String>> noises() {
        return noise().list().ofMaxSize(6);
    }

    @Provide
    Arbitrary<Integer> statuses() {
        return Arbitraries.of(0, 2, 9, 14, 15, 255);
    }
}
