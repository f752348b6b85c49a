package dev.llmload.report.file;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.llmload.result.text.Credentials;
import dev.llmload.result.text.Printable;
import dev.llmload.result.text.Secrets;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * {@code metadata.json}: under which circumstances a run was made. Immutable. It holds no secret: the values of
 * configured HTTP headers, user-info of URLs and bearer tokens are masked.
 *
 * @param startedAt wall-clock start of the run
 * @param originNanos the instant of the {@link System#nanoTime()} clock that is 0 in requests.jsonl
 * @param simulated whether any test talked to the embedded simulator
 * @param release the release under test, or empty
 * @param configuration every setting that is not a default, by key
 * @param labels what the user said about the server, by name
 * @param versions version of the library and of what it runs on, by name; see {@link Machine#versions}
 * @param host the machine that offered the load, by name; see {@link Machine#host}
 * @param commit the commit of the tests, or empty
 * @param tests what each test talked to and with which prompts
 */
public record Metadata(
        Instant startedAt,
        long originNanos,
        boolean simulated,
        String release,
        Map<String, String> configuration,
        Map<String, String> labels,
        Map<String, String> versions,
        Map<String, String> host,
        String commit,
        List<Test> tests) {
    /** Name of the file in the run's folder. */
    public static final String FILE = "metadata.json";

    /** Copies the collections. */
    public Metadata {
        configuration = Map.copyOf(configuration);
        labels = Map.copyOf(labels);
        versions = Map.copyOf(versions);
        host = Map.copyOf(host);
        tests = List.copyOf(tests);
    }

    /**
     * What one test talked to.
     *
     * @param id id of the test
     * @param endpoint full URL of the completions endpoint
     * @param model name of the model in the requests
     * @param server what the server calls itself, or empty
     * @param prompts where the prompts came from
     * @param promptsSha256 their fingerprint, or empty
     * @param promptStatistics their sizes, by name
     * @param settings what the test was declared or configured to be, by name
     */
    public record Test(
            String id,
            String endpoint,
            String model,
            String server,
            String prompts,
            String promptsSha256,
            Map<String, Number> promptStatistics,
            Map<String, String> settings) {
        /** Copies the maps. */
        public Test {
            promptStatistics = Map.copyOf(promptStatistics);
            settings = Map.copyOf(settings);
        }

        /** The same with more numbers about its prompts. */
        public Test withPromptStatistics(Map<String, Number> more) {
            Map<String, Number> all = new TreeMap<>(promptStatistics);
            all.putAll(more);
            return new Test(id, endpoint, model, server, prompts, promptsSha256, all, settings);
        }
    }

    /**
     * Writes the file, whole or not at all.
     *
     * @param dir folder of the run
     * @throws IOException if it cannot be written
     */
    public void write(Path dir) throws IOException {
        AtomicFile.write(dir.resolve(FILE), render());
    }

    /** The text of the file. */
    public String render() {
        return Json.pretty(tree());
    }

    /** What the file holds. */
    public ObjectNode tree() {
        ObjectNode node = Json.object().put("schema", "llm-load-metadata/1");
        node.put("started_at", startedAt.toString());
        node.put("clock_origin_ns", originNanos).put("simulated", simulated);
        text(node, "release", release);
        text(node, "git_commit", commit);
        map(node, "configuration", configuration);
        map(node, "labels", labels);
        map(node, "versions", versions);
        map(node, "host", host);
        ArrayNode all = node.putArray("tests");
        for (Test test : tests) {
            ObjectNode each = all.addObject().put("id", test.id());
            text(each, "endpoint", Secrets.none().line(test.endpoint()));
            text(each, "model", test.model());
            text(each, "server", test.server());
            text(each, "prompts", test.prompts());
            text(each, "prompts_sha256", test.promptsSha256());
            if (!test.settings().isEmpty()) {
                map(each, "settings", test.settings());
            }
            ObjectNode statistics = each.putObject("prompt_statistics");
            new TreeMap<>(test.promptStatistics()).forEach((name, value) -> number(statistics, name, value));
        }
        return node;
    }

    private static void text(ObjectNode node, String key, String value) {
        if (!value.isEmpty()) {
            node.put(key, value);
        }
    }

    private static void number(ObjectNode node, String key, Number value) {
        if (value instanceof Integer || value instanceof Long) {
            node.put(key, value.longValue());
        } else {
            Json.put(node, key, value.doubleValue(), 6);
        }
    }

    private static void map(ObjectNode node, String key, Map<String, String> map) {
        ObjectNode each = node.putObject(key);
        new TreeMap<>(map).forEach((name, value) -> each.put(name, Printable.line(Credentials.setting(name, value))));
    }
}
