package dev.llmload.report.page;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;

/** The parts of the page that are the same in every run, from the library's jar. */
final class PageResources {
    /** In the order of running: each file declares functions, and the last one calls them. */
    private static final List<String> SCRIPTS = List.of(
            "elements.js",
            "numbers.js",
            "data.js",
            "charts.js",
            "banner.js",
            "levels.js",
            "bylevel.js",
            "whatif.js",
            "overtime.js",
            "requests.js",
            "compare.js",
            "other.js",
            "trust.js",
            "main.js");

    private PageResources() {}

    static String style() {
        return text("style.css");
    }

    /** Our own script, whole. */
    static String script() {
        return SCRIPTS.stream()
                .map(PageResources::text)
                .collect(Collectors.joining("\n", "(function () {\n'use strict';\n", "})();\n"));
    }

    /**
     * Apache ECharts, which the build copies here from its own artifact; empty where classes run that no build has
     * completed, in an IDE for example.
     */
    static Optional<String> charts() {
        try (InputStream in = PageResources.class.getResourceAsStream("echarts.common.min.js")) {
            return in == null ? Optional.empty() : Optional.of(new String(in.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException("a part of the report cannot be read from the library", e);
        }
    }

    private static String text(String name) {
        try (InputStream in = Objects.requireNonNull(PageResources.class.getResourceAsStream(name), name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException("a part of the report is missing from the library: " + name, e);
        }
    }
}
