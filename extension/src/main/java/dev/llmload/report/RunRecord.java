package dev.llmload.report;

import dev.llmload.report.file.Metadata;
import dev.llmload.result.text.Secrets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** What is known of a run so far; the first of its listeners, so that the others find it up to date. Thread-safe. */
public final class RunRecord implements ReportListener {
    private final RunFacts facts;
    private final Supplier<Map<String, String>> host;
    private final Map<String, TestReport> reports = new LinkedHashMap<>();
    private final List<Metadata.Test> tests = new ArrayList<>();
    private Secrets secrets = Secrets.none();
    private boolean simulated;

    /**
     * Of a run that begins.
     *
     * @param facts what holds for all of it
     * @param host what is known of the machine that offers the load, now or later, by name
     */
    public RunRecord(RunFacts facts, Supplier<Map<String, String>> host) {
        this.facts = facts;
        this.host = host;
    }

    /** What is known of the machine that offers the load, by name. */
    public Map<String, String> host() {
        return host.get();
    }

    public RunFacts facts() {
        return facts;
    }

    /** What is known of each test, in the order in which they ran. */
    public synchronized List<TestReport> reports() {
        return List.copyOf(reports.values());
    }

    /** What each test talks to. */
    public synchronized List<Metadata.Test> tests() {
        return List.copyOf(tests);
    }

    /** Whether any test talked to the embedded simulator. */
    public synchronized boolean simulated() {
        return simulated;
    }

    /** What must be in no output. */
    public synchronized Secrets secrets() {
        return secrets;
    }

    @Override
    public synchronized void secretsKnown(Secrets more) {
        secrets = secrets.and(more);
    }

    @Override
    public synchronized void testPrepared(PreparedTest test) {
        tests.add(test.about());
        simulated |= test.simulated();
    }

    @Override
    public synchronized void promptsCounted(String test, Map<String, Number> tokens) {
        tests.replaceAll(each -> each.id().equals(test) ? each.withPromptStatistics(tokens) : each);
    }

    @Override
    public synchronized void testChanged(TestReport test) {
        reports.put(test.id(), test);
    }
}
