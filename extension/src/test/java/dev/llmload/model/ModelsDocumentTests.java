package dev.llmload.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** What {@code docs/models.md} says is known is what the cases show. */
class ModelsDocumentTests {
    private static String document() throws IOException {
        Path folder = Path.of("").toAbsolutePath();
        while (!Files.exists(folder.resolve("CONTRIBUTING.md"))) {
            folder = folder.getParent();
        }
        return Files.readString(folder.resolve("docs/models.md"));
    }

    private static String between(String text, String name) {
        String open = "<!-- " + name + " -->\n";
        String close = "\n<!-- /" + name + " -->";
        assertThat(text).contains(open, close);
        return text.substring(text.indexOf(open) + open.length(), text.indexOf(close));
    }

    @Test
    void theTableOfFamilies_isThatOfTheCases() throws IOException {
        assertThat(between(document(), "families")).isEqualTo(ModelsDocument.families());
    }

    @Test
    void theTableOfQuantisations_isThatOfTheCases() throws IOException {
        assertThat(between(document(), "quantisations")).isEqualTo(ModelsDocument.quantisations());
    }

    @Test
    void everyMethodOfQuantisation_isNamed() throws IOException {
        assertThat(document())
                .contains(QuantizationMethods.KNOWN.stream()
                        .map(name -> "`" + name + "`")
                        .toList());
    }
}
