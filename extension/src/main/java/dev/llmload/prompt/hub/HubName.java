package dev.llmload.prompt.hub;

import dev.llmload.prompt.Fingerprint;
import dev.llmload.prompt.SourceOptions;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * What {@code hf:tatsu-lab/alpaca?config=default&split=train&column=instruction&limit=500} names.
 *
 * @param spec as the user wrote it
 * @param dataset owner and name, or a name alone
 * @param config empty for the data set's own
 * @param split empty for the data set's own
 * @param column empty for {@code prompt} or {@code messages}
 * @param limit most rows, from the first on; 0 for all
 * @param skip share of the rows that may be skipped, from 0 to 1
 */
record HubName(String spec, String dataset, String config, String split, String column, int limit, double skip) {
    private static final Pattern DATASET = Pattern.compile("[\\w.-]+(/[\\w.-]+)?");

    static HubName parse(String spec) {
        String rest = spec.substring("hf:".length());
        int mark = rest.indexOf('?');
        String dataset = mark < 0 ? rest : rest.substring(0, mark);
        if (!DATASET.matcher(dataset).matches()) {
            throw new IllegalArgumentException("prompts \"" + spec + "\": expected the name of a data set such as"
                    + " hf:tatsu-lab/alpaca?split=train&column=instruction&limit=500, but found \"" + dataset + "\"");
        }
        Map<String, String> options = SourceOptions.parse(
                spec, mark < 0 ? "" : rest.substring(mark + 1), List.of("config", "split", "column", "limit", "skip"));
        return new HubName(
                spec,
                dataset,
                options.getOrDefault("config", ""),
                options.getOrDefault("split", ""),
                options.getOrDefault("column", ""),
                SourceOptions.limit(spec, options),
                SourceOptions.skip(spec, options));
    }

    HubName at(String actualConfig, String actualSplit) {
        return new HubName(spec, dataset, actualConfig, actualSplit, column, limit, skip);
    }

    /** A file name that no other data set, split, column, limit or server has. */
    String fileName(String server) {
        Fingerprint fingerprint = new Fingerprint();
        for (String part : List.of(server, dataset, config, split, column, Integer.toString(limit))) {
            fingerprint.add(part);
        }
        String readable = String.join(
                "-",
                List.of(dataset.replace("/", "--"), split, column).stream()
                        .filter(part -> !part.isEmpty())
                        .toList());
        String safe = readable.replaceAll("[^\\w.-]+", "_");
        return safe.substring(0, Math.min(safe.length(), 100)) + "-"
                + fingerprint.hex().substring(0, 12) + ".jsonl";
    }

    IllegalArgumentException refuse(String problem) {
        return new IllegalArgumentException("prompts \"" + spec + "\": " + problem);
    }
}
