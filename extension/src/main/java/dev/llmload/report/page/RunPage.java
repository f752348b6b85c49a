package dev.llmload.report.page;

import static dev.llmload.report.chart.XmlText.escape;

import dev.llmload.report.file.AtomicFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * {@code report.html}: the whole run as one page that needs nothing besides itself. Its verdict, facts and reasons are plain
 * HTML; the rest is drawn by its own script and Apache ECharts from one JSON, whose values are those of results.json. A
 * policy in it forbids any other script and every request.
 */
public final class RunPage {
    /** Name of the file in the run's folder. */
    public static final String FILE = "report.html";

    private static final String REQUESTS = "requests.jsonl";

    private final PageInput input;
    private final Optional<String> charts;
    private final String script = PageResources.script();

    private RunPage(PageInput input) {
        this.input = input;
        this.charts = input.charts() ? PageResources.charts() : Optional.empty();
    }

    /**
     * Writes the file, whole or not at all, with a sample of the requests that the folder's requests.jsonl has.
     *
     * @param dir folder of the run, in which its other files are
     * @param input what it came to
     * @throws IOException if it cannot be written, or the requests cannot be read
     */
    public static void write(Path dir, PageInput input) throws IOException {
        Path file = dir.resolve(REQUESTS);
        RequestsFile requests = Files.exists(file)
                ? RequestsFile.read(file, input.tests(), input.metadata().originNanos())
                : RequestsFile.none();
        AtomicFile.write(dir.resolve(FILE), new RunPage(input).page(new PageData(input, requests, files(dir))));
    }

    /**
     * The page without requests.
     *
     * @param input what the run came to
     */
    public static String render(PageInput input) {
        return new RunPage(input).page(new PageData(input, RequestsFile.none(), List.of()));
    }

    private static List<String> files(Path dir) throws IOException {
        try (Stream<Path> all = Files.walk(dir, 2)) {
            return all.filter(Files::isRegularFile)
                    .map(file -> dir.relativize(file).toString().replace('\\', '/'))
                    .filter(name -> !name.equals(FILE) && !name.endsWith(".tmp"))
                    .sorted()
                    .collect(Collectors.toList());
        }
    }

    private String page(PageData data) {
        Map<PageSize, String> made = new HashMap<>();
        Function<PageSize, String> make = size -> page(ScriptText.json(data.json(size)));
        String most = made.computeIfAbsent(PageSize.STEPS.get(0), make);
        return fits(most)
                ? most
                : made.computeIfAbsent(PageSize.largest(size -> fits(made.computeIfAbsent(size, make))), make);
    }

    private boolean fits(String page) {
        return page.getBytes(StandardCharsets.UTF_8).length <= PageSize.limit(input.levels());
    }

    private String page(String json) {
        Banner banner = new Banner(input);
        StringBuilder html = new StringBuilder("<!doctype html>\n<html lang=\"en\"><head><meta charset=\"utf-8\">\n");
        html.append("<meta http-equiv=\"Content-Security-Policy\" content=\"")
                .append(policy())
                .append("\">\n<meta name=\"viewport\" content=\"width=device-width,initial-scale=1\">")
                .append(
                        "<meta name=\"color-scheme\" content=\"light dark\"><link rel=\"icon\" href=\"data:,\">\n<title>")
                .append(escape(banner.title()))
                .append("</title>\n<style>\n")
                .append(PageResources.style())
                .append("</style></head>\n<body>\n")
                .append(banner.head())
                .append("<main id=\"page\">\n")
                .append(banner.about())
                .append("<noscript>\n")
                .append(StaticTables.of(input))
                .append("</noscript>\n</main>\n<script type=\"application/json\" id=\"data\">")
                .append(json)
                .append("</script>\n");
        charts.ifPresent(library -> html.append("<script>").append(library).append("</script>\n"));
        return html.append("<script>")
                .append(script)
                .append("</script>\n</body></html>\n")
                .toString();
    }

    private String policy() {
        String scripts = Stream.concat(charts.stream(), Stream.of(script))
                .map(ScriptText::allowed)
                .collect(Collectors.joining(" "));
        return "default-src 'none'; script-src " + scripts
                + "; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'";
    }
}
