package dev.llmload;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The list of the libraries inside the jar, which a reader of licences goes by. */
class ThirdPartyTests {
    private static final Pattern INSIDE = Pattern.compile(
            "((?:vertx|netty|jackson|snakeyaml|HdrHistogram|picocli|commons-(?:math3|statistics|numbers|rng))[A-Za-z0-9-]*?)"
                    + "-(\\d[\\w.]*)\\.jar");
    private static final Pattern ENTRY = Pattern.compile("(?m)^(\\S+) (\\d\\S*)\\n    \\S.*\\n    https://\\S+$");

    @Test
    void namesEachLibraryAndItsVersion() throws IOException {
        List<String> inside = Arrays.stream(
                        System.getProperty("java.class.path").split(File.pathSeparator))
                .map(entry -> Path.of(entry).getFileName().toString())
                .map(INSIDE::matcher)
                .filter(match -> match.matches())
                .map(match -> match.group(1) + " " + match.group(2))
                .distinct()
                .toList();
        assertThat(inside).isNotEmpty();
        assertThat(listed())
                .containsExactlyInAnyOrderElementsOf(Stream.concat(inside.stream(), Stream.of("echarts " + charts()))
                        .toList());
    }

    // The page's library is no dependency: the build copies one file of it.
    private static String charts() throws IOException {
        return Pattern.compile("<echarts.version>(.+)</echarts.version>")
                .matcher(Files.readString(Path.of("../pom.xml")))
                .results()
                .map(found -> found.group(1))
                .findFirst()
                .orElseThrow();
    }

    private static List<String> listed() throws IOException {
        try (InputStream file = ThirdPartyTests.class.getResourceAsStream("/META-INF/licenses/THIRD-PARTY.txt")) {
            String text = new String(file.readAllBytes(), StandardCharsets.UTF_8);
            return ENTRY.matcher(text)
                    .results()
                    .map(ThirdPartyTests::nameAndVersion)
                    .toList();
        }
    }

    private static String nameAndVersion(MatchResult entry) {
        return entry.group(1) + " " + entry.group(2);
    }
}
