package dev.llmload.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * A page of the documentation.
 *
 * @param path of its file, below the project's root
 * @param text all of it
 */
record Page(String path, String text) {
    private static final String FENCE = "```";
    /** {@code mvn test -Dtest='docs/*' -Ddocs.update=true} writes what is generated. */
    private static final boolean UPDATE = Boolean.getBoolean("docs.update");

    /** README, CONTRIBUTING and everything in docs. */
    static List<Page> all() {
        try (Stream<Path> docs = Files.list(root().resolve("docs"))) {
            List<Page> pages = new ArrayList<>(List.of(of("README.md"), of("CONTRIBUTING.md")));
            docs.filter(file -> file.toString().endsWith(".md"))
                    .map(file -> of(root().relativize(file).toString()))
                    .sorted((a, b) -> a.path().compareTo(b.path()))
                    .forEach(pages::add);
            return pages;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Page of(String path) {
        try {
            return new Page(path, Files.readString(root().resolve(path)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Its fenced blocks. */
    List<Block> blocks() {
        List<Block> blocks = new ArrayList<>();
        List<String> lines = text.lines().toList();
        for (int i = 0; i < lines.size(); i++) {
            if (!lines.get(i).strip().startsWith(FENCE)) {
                continue;
            }
            int open = i;
            List<String> inside = new ArrayList<>();
            while (!lines.get(++i).strip().equals(FENCE)) {
                inside.add(lines.get(i));
            }
            blocks.add(new Block(
                    path,
                    open + 1,
                    lines.get(open).strip().substring(FENCE.length()),
                    marker(lines, open),
                    String.join("\n", inside) + "\n"));
        }
        return blocks;
    }

    /** The text between two comments; fails where it is not there. */
    String between(String open, String close) {
        int start = text.indexOf(open);
        int end = text.indexOf(close);
        assertThat(start).as("%s in %s", open, path).isNotNegative();
        assertThat(end).as("%s in %s", close, path).isGreaterThan(start);
        return text.substring(start + open.length(), end);
    }

    /**
     * What stands between two comments of that name is generated: it must be that text, or becomes it with
     * {@code -Ddocs.update=true}.
     */
    void generated(String name, String expected) throws IOException {
        String open = "<!-- " + name + " -->\n";
        String close = "\n<!-- /" + name + " -->";
        String actual = between(open, close);
        if (UPDATE && !actual.equals(expected)) {
            Files.writeString(root().resolve(path), text.replace(open + actual + close, open + expected + close));
        } else {
            assertThat(actual).as("-Ddocs.update=true writes %s", path).isEqualTo(expected);
        }
    }

    private static String marker(List<String> lines, int fence) {
        String above = fence == 0 ? "" : lines.get(fence - 1).strip();
        return above.startsWith("<!--") && above.endsWith("-->")
                ? above.substring(4, above.length() - 3).strip()
                : "";
    }

    /** The folder of the project. */
    static Path root() {
        Path folder = Path.of("").toAbsolutePath();
        while (!Files.exists(folder.resolve("CONTRIBUTING.md"))) {
            folder = folder.getParent();
        }
        return folder;
    }

    /**
     * A fenced block.
     *
     * @param page that it stands on
     * @param line of its fence, from 1
     * @param language behind the fence; may be empty
     * @param marker the comment right above the fence; may be empty
     * @param text inside
     */
    record Block(String page, int line, String language, String marker, String text) {
        /** Whether a comment says why it is not checked by a program. */
        boolean isExcused() {
            return marker.matches("(not (run|compiled|parsed)|as in [^:]+): .{10,}");
        }

        @Override
        public String toString() {
            return page + ":" + line + " (" + language + ")";
        }
    }
}
