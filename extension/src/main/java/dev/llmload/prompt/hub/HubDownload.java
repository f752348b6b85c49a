package dev.llmload.prompt.hub;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.llmload.prompt.OddRow;
import dev.llmload.prompt.QuotedText;
import dev.llmload.prompt.Skips;
import dev.llmload.result.text.CountText;
import java.io.IOException;
import java.io.Writer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reads a data set page by page and writes one column of it as JSONL. Used once, by one thread. */
final class HubDownload {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final List<String> USUAL = List.of("prompt", "messages", "conversations", "conversation", "turns");
    private static final int PAGE = 100;
    private static final int SAY_EVERY = 10_000;

    private final HubClient client;
    private final Hub hub;
    private HubName name;
    private HubCell cell;
    private int written;
    private final Skips skips;

    HubDownload(HubClient client, Hub hub, HubName name) {
        this.client = client;
        this.hub = hub;
        this.name = name;
        this.cell = new HubCell(name, "");
        this.skips = new Skips(name.spec(), name.skip());
    }

    void to(Writer out) throws IOException {
        if (name.config().isEmpty() || name.split().isEmpty()) {
            choose();
        }
        long wanted = name.limit() == 0 ? Long.MAX_VALUE : name.limit();
        long offset = 0;
        while (offset < wanted) {
            JsonNode page = page(offset, (int) Math.min(PAGE, wanted - offset));
            if (offset == 0) {
                begin(page, wanted);
            }
            JsonNode rows = page.path("rows");
            for (JsonNode row : rows) {
                write(row, out);
            }
            long before = offset;
            offset += rows.size();
            if (offset / SAY_EVERY > before / SAY_EVERY) {
                hub.say().accept(name.spec() + ": " + offset + " rows");
            }
            if (rows.isEmpty() || offset >= page.path("num_rows_total").asLong(Long.MAX_VALUE)) {
                break;
            }
        }
        if (written == 0 && skips.onlyEmpty()) {
            throw name.refuse("there must be at least one prompt, but it has none in " + offset + " rows");
        }
        skips.check();
        skips.note().ifPresent(hub.say());
    }

    private JsonNode page(long offset, int length) {
        Map<String, String> query = new LinkedHashMap<>();
        query.put("dataset", name.dataset());
        query.put("config", name.config());
        query.put("split", name.split());
        query.put("offset", Long.toString(offset));
        query.put("length", Integer.toString(length));
        JsonNode page = client.ask("/rows", query);
        if (!page.path("rows").isArray()) {
            throw name.refuse(
                    hub.url() + " does not speak the rows API of the datasets server: its answer has no rows");
        }
        return page;
    }

    private void begin(JsonNode page, long wanted) {
        List<String> columns = new ArrayList<>();
        page.path("features")
                .forEach(feature -> columns.add(feature.path("name").asText()));
        cell = new HubCell(name, column(columns));
        long rows = Math.min(wanted, page.path("num_rows_total").asLong(wanted));
        hub.say().accept(name.spec() + ": downloading " + CountText.of(rows, "row") + " from " + hub.url());
        if (page.path("partial").asBoolean(false)) {
            hub.say().accept(name.spec() + ": the server holds only a part of this data set");
        }
    }

    private String column(List<String> columns) {
        List<String> candidates = name.column().isEmpty() ? USUAL : List.of(name.column());
        return candidates.stream().filter(columns::contains).findFirst().orElseThrow(() -> {
            String which = name.column().isEmpty()
                    ? "name the column that holds the prompts with column="
                    : "there is no column \"" + name.column() + "\"";
            return name.refuse(which + "; the columns are "
                    + QuotedText.list(columns.stream().map(QuotedText::brief).toList()));
        });
    }

    private void write(JsonNode row, Writer out) throws IOException {
        ObjectNode prompt;
        try {
            prompt = cell.of(row);
        } catch (OddRow odd) {
            skips.skip(odd);
            return;
        }
        skips.read();
        out.write(line(prompt));
        out.write('\n');
        written++;
    }

    private static String line(ObjectNode prompt) {
        try {
            return JSON.writeValueAsString(prompt);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a tree of plain values can be written", e);
        }
    }

    private void choose() {
        JsonNode splits =
                client.ask("/splits", Map.of("dataset", name.dataset())).path("splits");
        List<String> configs = new ArrayList<>();
        splits.forEach(each -> configs.add(each.path("config").asText()));
        String config = name.config().isEmpty()
                ? pick("config", "default", configs.stream().distinct().toList())
                : name.config();
        List<String> names = new ArrayList<>();
        splits.forEach(each -> {
            if (each.path("config").asText().equals(config)) {
                names.add(each.path("split").asText());
            }
        });
        name = name.at(config, name.split().isEmpty() ? pick("split", "train", names) : has(names));
    }

    private String has(List<String> splits) {
        if (!splits.contains(name.split())) {
            throw name.refuse("there is no split \"" + name.split() + "\"; the splits are "
                    + QuotedText.list(splits.stream().map(QuotedText::brief).toList()));
        }
        return name.split();
    }

    private String pick(String what, String usual, List<String> names) {
        if (names.contains(usual)) {
            return usual;
        }
        if (names.size() != 1) {
            throw name.refuse("name a " + what + " with " + what + "=; there are "
                    + QuotedText.list(names.stream().map(QuotedText::brief).toList()));
        }
        return names.get(0);
    }
}
