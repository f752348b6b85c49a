package dev.llmload.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmload.testkit.ServerCase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** docs/servers.md lists exactly what the tests' cases show to work. */
class ServersTableTests {
    @ParameterizedTest
    @ValueSource(strings = {"usage", "end", "reasoning", "pace"})
    void theTableIsMadeOfTheCases(String kind) throws IOException {
        String open = "<!-- " + kind + " -->\n";
        String close = "\n<!-- /" + kind + " -->";
        String page = page();
        assertThat(page).contains(open, close);
        assertThat(page.substring(page.indexOf(open) + open.length(), page.indexOf(close)))
                .isEqualTo(table(kind));
    }

    @Test
    void everyCaseIsOfAKindThatHasATable() {
        assertThat(ServerCase.all().map(ServerCase::kind).distinct())
                .containsExactlyInAnyOrder("usage", "end", "reasoning", "pace");
        assertThat(ServerCase.all().map(ServerCase::name)).doesNotHaveDuplicates();
    }

    private static String table(String kind) {
        return "| case | servers | what they send | how it is read |\n|---|---|---|---|\n"
                + ServerCase.all()
                        .filter(c -> c.kind().equals(kind))
                        .map(c -> "| "
                                + String.join(" | ", cell(c.name()), cell(c.servers()), cell(c.sends()), cell(c.read()))
                                + " |")
                        .collect(Collectors.joining("\n"));
    }

    private static String cell(String text) {
        return text.replace("|", "\\|");
    }

    private static String page() throws IOException {
        Path folder = Path.of("").toAbsolutePath();
        while (!Files.exists(folder.resolve("CONTRIBUTING.md"))) {
            folder = folder.getParent();
        }
        return Files.readString(folder.resolve("docs/servers.md"));
    }
}
