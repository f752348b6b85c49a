package dev.llmload.report.page;

import static dev.llmload.report.chart.XmlText.escape;

import dev.llmload.report.RunOutcome;
import dev.llmload.report.TestReport;
import dev.llmload.report.file.Metadata;
import dev.llmload.result.text.DurationText;
import dev.llmload.result.text.Secrets;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** What the page says first: the verdict, what it is about, and why. */
final class Banner {
    private static final int MOST_NAMED = 3;

    /** How many sentences stand at the top. */
    private static final int REASONS = 6;

    private final PageInput input;
    private final Anchors anchors;
    private final RunOutcome run;

    Banner(PageInput input) {
        this.input = input;
        this.anchors = new Anchors(input.tests());
        this.run = RunOutcome.of(input.tests());
    }

    /** {@code ✘ FAIL · llama-3-8b · 2026-11}. */
    String title() {
        return (run.items().isEmpty() ? "no load test has run" : run.verdict()) + part(models()) + part(release())
                + " · LLM load";
    }

    private static String part(String text) {
        return text.isEmpty() ? "" : " · " + text;
    }

    /** The line that stays in view. */
    String head() {
        StringBuilder html = new StringBuilder("<header class=\"banner ");
        html.append(run.items().isEmpty() ? "SKIPPED" : run.status()).append("\"><h1>");
        if (run.items().isEmpty()) {
            html.append("LLM load: no load test has run.");
        } else {
            html.append("<span class=\"verdict\">")
                    .append(escape(run.verdict()))
                    .append("</span> <span class=\"counts\">")
                    .append(escape(run.counts()))
                    .append("</span>");
        }
        html.append("</h1>");
        if (input.metadata().simulated() || input.tests().stream().anyMatch(TestReport::simulated)) {
            html.append("<span class=\"sim\">SIMULATED</span>");
        }
        return html.append("<nav id=\"nav\" aria-label=\"Sections\"></nav></header>\n")
                .toString();
    }

    /** What the run was about, and why it did not pass. */
    String about() {
        StringBuilder html = new StringBuilder("<section class=\"about\" aria-label=\"Summary\"><dl class=\"facts\">");
        facts().forEach((name, value) -> {
            if (!value.isEmpty()) {
                html.append("<div><dt>")
                        .append(name)
                        .append("</dt><dd>")
                        .append(escape(value))
                        .append("</dd></div>");
            }
        });
        html.append("</dl>\n");
        reasons(html);
        return html.append("</section>\n").toString();
    }

    private Map<String, String> facts() {
        Metadata metadata = input.metadata();
        Map<String, String> facts = new LinkedHashMap<>();
        facts.put("model", models());
        facts.put("endpoint", each(test -> Secrets.none().line(test.endpoint())));
        facts.put("server", each(Metadata.Test::server));
        facts.put("release", release());
        facts.put(
                "commit",
                metadata.commit().substring(0, Math.min(12, metadata.commit().length())));
        facts.put(
                "started", metadata.startedAt().truncatedTo(ChronoUnit.SECONDS).toString());
        facts.put("duration", duration(input.duration()));
        return facts;
    }

    private static String duration(Duration duration) {
        long seconds = duration.toSeconds();
        return seconds < 60
                ? DurationText.of(duration.truncatedTo(ChronoUnit.MILLIS))
                : seconds < 3600
                        ? seconds / 60 + " min " + seconds % 60 + " s"
                        : seconds / 3600 + " h " + seconds / 60 % 60 + " min";
    }

    private String models() {
        return each(Metadata.Test::model);
    }

    private String release() {
        return input.metadata().release();
    }

    // All of them stand at their levels.
    private String each(Function<Metadata.Test, String> what) {
        List<String> all = input.metadata().tests().stream()
                .map(what)
                .filter(text -> !text.isEmpty())
                .distinct()
                .toList();
        return all.size() <= MOST_NAMED
                ? String.join(", ", all)
                : String.join(", ", all.subList(0, MOST_NAMED)) + " and " + (all.size() - MOST_NAMED) + " more";
    }

    private void reasons(StringBuilder html) {
        List<RunOutcome.Reason> all = run.reasons();
        if (all.isEmpty()) {
            return;
        }
        html.append("<ol class=\"reasons\">");
        all.stream()
                .limit(REASONS)
                .forEach(reason -> html.append("<li class=\"")
                        .append(reason.status())
                        .append("\"><a href=\"#")
                        .append(anchors.of(reason.item()))
                        .append("\">")
                        .append(escape(reason.sentence()))
                        .append("</a></li>"));
        html.append("</ol>\n");
        if (all.size() > REASONS) {
            html.append("<p class=\"more\"><a href=\"#levels\">")
                    .append(all.size() - REASONS)
                    .append(" more: see the table of levels</a></p>\n");
        }
    }
}
