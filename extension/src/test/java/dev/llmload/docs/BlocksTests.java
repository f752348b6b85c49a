package dev.llmload.docs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLParser;
import dev.llmload.docs.Page.Block;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.xml.sax.InputSource;

/** Each fenced block of the documentation says what it is, and is what it says. */
class BlocksTests {
    private static final Set<String> LANGUAGES =
            Set.of("java", "kotlin", "kts", "groovy", "xml", "yaml", "json", "sh", "properties", "text");

    private static Stream<Block> blocks() {
        return Page.all().stream().flatMap(page -> page.blocks().stream());
    }

    private static List<Block> of(String language) {
        return blocks().filter(block -> block.language().equals(language))
                .filter(block -> !block.isExcused())
                .toList();
    }

    static List<Block> java() {
        return of("java");
    }

    static List<Block> xml() {
        return of("xml");
    }

    static List<Block> yaml() {
        return of("yaml");
    }

    static List<Block> json() {
        return of("json");
    }

    static List<Block> gradle() {
        return of("kts");
    }

    @Test
    void everyBlock_namesALanguage() {
        assertThat(blocks().filter(block -> !LANGUAGES.contains(block.language())))
                .as("a block is one of %s; what a program printed is text", LANGUAGES)
                .isEmpty();
    }

    @Test
    void everyCommand_isRun_orSaysWhyNot() {
        assertThat(blocks().filter(block -> block.language().equals("sh"))
                        .filter(block -> !block.isExcused()
                                && !block.marker().matches("run in (repository|project)(, exit [0-3])?")))
                .as("above a command stands <!-- run in repository -->, <!-- run in project --> or <!-- not run: … -->")
                .isEmpty();
    }

    @Test
    void whatCannotBeChecked_saysWhy() {
        assertThat(blocks().filter(block -> Set.of("kotlin", "groovy").contains(block.language()))
                        .filter(block -> !block.isExcused() && !block.marker().equals("compiled with the project")))
                .isEmpty();
    }

    @Test
    void whatStandsInAFileThatRunsElsewhere_isThatFile() throws IOException {
        Pattern file = Pattern.compile("as in ([^:]+): .*");
        List<String> others = new ArrayList<>();
        for (Block block : blocks().toList()) {
            Matcher named = file.matcher(block.marker());
            if (named.matches()) {
                String code = Files.readString(Page.root().resolve(named.group(1)));
                block.text()
                        .lines()
                        .filter(line -> !code.contains(line))
                        .forEach(line -> others.add(block + ": " + line));
            }
        }
        assertThat(others).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("java")
    void java_compilesAgainstTheLibrary(Block block) {
        assertThat(JavaBlock.errors(block)).as("%s", block).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("xml")
    void xml_isWellFormed(Block block) {
        String text = block.text().contains("<project") ? block.text() : "<fragment>" + block.text() + "</fragment>";
        assertThatCode(() -> DocumentBuilderFactory.newInstance()
                        .newDocumentBuilder()
                        .parse(new InputSource(new StringReader(text))))
                .as("%s", block)
                .doesNotThrowAnyException();
    }

    @ParameterizedTest
    @MethodSource("yaml")
    void yaml_isWellFormed(Block block) {
        assertThatCode(() -> {
                    YAMLParser parser = new YAMLFactory().createParser(block.text());
                    assertThat(new ObjectMapper()
                                    .readValues(parser, Object.class)
                                    .readAll())
                            .isNotEmpty();
                })
                .as("%s", block)
                .doesNotThrowAnyException();
    }

    @ParameterizedTest
    @MethodSource("json")
    void json_isWellFormed(Block block) {
        assertThatCode(() -> {
                    for (String value : block.marker().equals("one a line")
                            ? block.text().lines().toList()
                            : List.of(block.text())) {
                        new ObjectMapper().readTree(value);
                    }
                })
                .as("%s", block)
                .doesNotThrowAnyException();
    }

    @ParameterizedTest
    @MethodSource("gradle")
    void gradle_closesWhatItOpens(Block block) {
        String code = block.text().replaceAll("//.*", "").replaceAll("\"[^\"\\n]*\"", "");
        assertThat(code.chars().filter(c -> c == '{').count())
                .as("%s", block)
                .isEqualTo(code.chars().filter(c -> c == '}').count());
        assertThat(code).doesNotContain("\"");
    }
}
