package dev.llmload.report.page;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.llmload.budget.LevelVerdict;
import dev.llmload.report.RunOutcome;
import dev.llmload.report.TestReport;
import dev.llmload.report.file.HistoryEntry;
import dev.llmload.report.file.ResultsJson;
import dev.llmload.result.Metric;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * The one JSON that the page is drawn from: results.json with metadata, history and a sample of the requests. Histograms are
 * left out; the series and the requests of a level are packed into its {@code detail}.
 */
final class PageData {
    private final PageInput input;
    private final RequestsFile requests;
    private final List<String> files;
    private final ObjectNode results;

    PageData(PageInput input, RequestsFile requests, List<String> files) {
        this.input = input;
        this.requests = requests;
        this.files = files;
        this.results = ResultsJson.tree(input.tests(), input.metadata().simulated(), input.percentiles());
        withoutHistograms(results);
    }

    /**
     * The JSON.
     *
     * @param size what it may hold
     */
    ObjectNode json(PageSize size) {
        ObjectNode page = JsonNodeFactory.instance.objectNode();
        page.put("headline", RunOutcome.of(input.tests()).headline());
        page.set("results", detailed(size));
        page.set("metadata", input.metadata().tree());
        ArrayNode lower = page.putArray("lower_is_better");
        Arrays.stream(Metric.values())
                .filter(Metric::lowerIsBetter)
                .map(Metric::word)
                .forEach(lower::add);
        ArrayNode history = page.putArray("history");
        input.history().stream().map(HistoryEntry::tree).forEach(history::add);
        files.forEach(page.putArray("files")::add);
        return page;
    }

    private ObjectNode detailed(PageSize size) {
        ObjectNode all = results.deepCopy();
        for (int i = 0; i < input.tests().size(); i++) {
            TestReport test = input.tests().get(i);
            ObjectNode node = (ObjectNode) all.path("tests").path(i);
            node.put("short_name", TestReport.shortName(test.id()));
            for (int k = 0; k < test.levels().size(); k++) {
                detail((ObjectNode) node.path("levels").path(k), test.levels().get(k), size);
            }
        }
        return all;
    }

    private void detail(ObjectNode node, LevelVerdict level, PageSize size) {
        ObjectNode detail = JsonNodeFactory.instance.objectNode();
        if (node.remove("series") instanceof ObjectNode series) {
            detail.set("series", ShortSeries.of(series, size.points()));
        }
        Optional<RequestSample> sample = requests.of(level);
        sample.ifPresent(known -> detail.set("requests", known.json(size.requests())));
        node.put("detail", ScriptText.packed(detail));
    }

    private static void withoutHistograms(JsonNode node) {
        if (node instanceof ObjectNode object) {
            object.remove("histogram");
        }
        node.forEach(PageData::withoutHistograms);
    }
}
