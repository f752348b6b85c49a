package dev.llmload.docs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmload.config.EndpointKeys;
import dev.llmload.config.Key;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** What the pages say about the code is what the code says. */
class PagesTests {
    @Test
    void theReadme_hasAtMost200Lines() {
        assertThat(Page.of("README.md").text().lines().count()).isLessThanOrEqualTo(200);
    }

    @Nested
    class Keys {
        @Test
        void theTableOfKeys_isWhatTheCodeReads() throws IOException {
            String table = "| key | default | meaning |\n|---|---|---|\n"
                    + Arrays.stream(Key.values())
                            .map(key -> "| `" + key.key() + "` | "
                                    + (key.defaultValue().isEmpty() ? "" : "`" + key.defaultValue() + "`") + " | "
                                    + key.description() + " |")
                            .collect(Collectors.joining("\n"));

            Page.of("docs/configuration.md").generated("keys", table);
        }

        @Test
        void everyKeyThatAPageNames_exists() {
            Pattern named = Pattern.compile("(?<!dev\\.)\\bllmload\\.([a-zA-Z][\\w.-]*\\w)");
            Set<String> known = Arrays.stream(Key.values())
                    .map(Key::key)
                    .map(key -> key.substring(8))
                    .collect(Collectors.toSet());
            List<String> unknown = new ArrayList<>();
            for (Page page : Page.all()) {
                for (Matcher key = named.matcher(page.text()); key.find(); ) {
                    String name = key.group(1);
                    boolean ofEndpoint = EndpointKeys.nameIn(Key.PREFIX + name).isPresent();
                    boolean own = name.startsWith("label.")
                            || Pattern.matches(
                                    "(junit|result|spi|gate|simulator|load|prompt|model|openai)(\\..*)?", name)
                            || Pattern.matches("timeout|gpu|cost|label|rules.yml", name);
                    if (!known.contains(name) && !ofEndpoint && !own) {
                        unknown.add(page.path() + ": llmload." + name);
                    }
                }
            }
            assertThat(unknown).isEmpty();
        }
    }

    @Nested
    class Troubleshooting {
        private static final Pattern LITERAL = Pattern.compile("(?m)^### `(.+?)`(?:,.*)?$");

        @Test
        void everyMessage_standsInTheSources() throws IOException {
            String sources = sources();
            List<String> missing = new ArrayList<>();
            int messages = 0;
            for (Matcher entry =
                            LITERAL.matcher(Page.of("docs/troubleshooting.md").text());
                    entry.find(); ) {
                messages++;
                // … stands for what the code puts in
                for (String part : entry.group(1).split("…")) {
                    if (!part.isBlank() && !sources.contains(squeezed(part))) {
                        missing.add(part);
                    }
                }
            }
            assertThat(missing).isEmpty();
            assertThat(messages).isGreaterThan(20);
        }

        // The literals of all main sources, with concatenated ones joined.
        private static String sources() throws IOException {
            StringBuilder all = new StringBuilder();
            for (Path module : modules()) {
                try (Stream<Path> files = Files.walk(module)) {
                    for (Path file : files.filter(each -> each.toString().endsWith(".java"))
                            .sorted()
                            .toList()) {
                        all.append(Files.readString(file)).append('\n');
                    }
                }
            }
            return squeezed(all.toString().replaceAll("\"\\s*\\+\\s*\"", "").replace("\\\"", "\""));
        }

        private static List<Path> modules() throws IOException {
            try (Stream<Path> folders = Files.list(Page.root())) {
                return folders.map(folder -> folder.resolve("src/main/java"))
                        .filter(Files::isDirectory)
                        .sorted()
                        .toList();
            }
        }

        private static String squeezed(String text) {
            return text.replaceAll("\\s+", " ").strip();
        }
    }

    @Nested
    class Links {
        private static final Pattern LINK = Pattern.compile("\\]\\(([^)\\s]+)\\)");

        @Test
        void everyRelativeLink_leadsSomewhere() throws IOException {
            List<String> broken = new ArrayList<>();
            for (Page page : Page.all()) {
                for (Matcher link = LINK.matcher(withoutBlocks(page.text())); link.find(); ) {
                    String target = link.group(1);
                    if (!target.matches("[a-z]+:.*") && !leadsSomewhere(page, target)) {
                        broken.add(page.path() + ": " + target);
                    }
                }
            }
            assertThat(broken).isEmpty();
        }

        @Test
        void everyPage_isLinkedFromTheReadme() {
            String readme = Page.of("README.md").text();
            assertThat(Page.all().stream()
                            .map(Page::path)
                            .filter(path -> path.startsWith("docs/"))
                            .filter(path -> !readme.contains("](" + path)))
                    .isEmpty();
        }

        private static boolean leadsSomewhere(Page page, String target) throws IOException {
            String[] parts = target.split("#", 2);
            Path here = Page.root().resolve(page.path());
            Path file =
                    parts[0].isEmpty() ? here : here.resolveSibling(parts[0]).normalize();
            if (!Files.exists(file)) {
                return false;
            }
            return parts.length == 1
                    || Files.readString(file)
                            .lines()
                            .filter(line -> line.startsWith("#"))
                            .map(Links::anchor)
                            .anyMatch(parts[1]::equals);
        }

        // GitHub's: small letters, no punctuation, blanks as hyphens.
        private static String anchor(String heading) {
            return heading.replaceFirst("^#+ ", "")
                    .toLowerCase(Locale.ROOT)
                    .replaceAll("[^\\p{L}\\p{N} _-]", "")
                    .replace(' ', '-');
        }

        private static String withoutBlocks(String text) {
            return text.replaceAll("(?s)```.*?```", "").replaceAll("`[^`\\n]*`", "");
        }
    }

    @Nested
    class Versions {
        private static final Pattern DEPENDENCY =
                Pattern.compile("<artifactId>([\\w.-]+)</artifactId>\\s*<version>([\\w.-]+)</version>");

        /** What a page tells to use is what this project is built with. */
        @Test
        void areThoseOfTheBuild() throws IOException {
            String pom = Files.readString(Page.root().resolve("pom.xml"));
            List<String> others = new ArrayList<>();
            for (Page page : Page.all()) {
                for (Page.Block block : page.blocks()) {
                    for (Matcher named = DEPENDENCY.matcher(block.text()); named.find(); ) {
                        String built = versionIn(pom, named.group(1));
                        if (!built.isEmpty() && !built.equals(named.group(2))) {
                            others.add(block + ": " + named.group(1) + " " + named.group(2) + ", built with " + built);
                        }
                    }
                }
            }
            assertThat(others).isEmpty();
        }

        private static String versionIn(String pom, String artifact) {
            Matcher found = Pattern.compile(
                            "<artifactId>" + Pattern.quote(artifact) + "</artifactId>\\s*<version>([^<]+)</version>")
                    .matcher(pom);
            if (!found.find()) {
                return "";
            }
            String version = found.group(1);
            if (version.equals("${project.version}")) {
                return versionIn(pom, "llm-load-parent");
            }
            if (!version.startsWith("${")) {
                return version;
            }
            Matcher property = Pattern.compile(
                            "<" + Pattern.quote(version.substring(2, version.length() - 1)) + ">([^<]+)<")
                    .matcher(pom);
            return property.find() ? property.group(1) : "";
        }
    }
}
