package dev.llmload.allure;

import dev.llmload.report.JudgedLevel;
import dev.llmload.report.PreparedTest;
import dev.llmload.report.ReportListener;
import dev.llmload.report.RunFacts;
import dev.llmload.report.TestReport;
import dev.llmload.report.file.Machine;
import dev.llmload.report.file.Metadata;
import dev.llmload.result.Subject;
import dev.llmload.result.text.Secrets;
import java.util.Map;
import java.util.TreeMap;

/** Adds what a run measures to the Allure test cases that are open while it does. */
public final class AllureListener implements ReportListener {
    private final AllureReport allure;
    private final RunFacts facts;

    /**
     * To one report.
     *
     * @param allure where to
     * @param facts of the run
     */
    public AllureListener(AllureReport allure, RunFacts facts) {
        this.allure = allure;
        this.facts = facts;
    }

    @Override
    public void testPrepared(PreparedTest test) {
        Secrets secrets = test.secrets();
        Metadata.Test about = test.about();
        Map<String, String> environment = new TreeMap<>(Machine.versions(facts.version()));
        facts.labels().forEach((name, value) -> environment.put("label." + name, secrets.redact(value)));
        environment.put("endpoint", about.endpoint());
        environment.put("model", about.model());
        environment.put("server", about.server());
        environment.put("release", secrets.redact(facts.release()));
        environment.put("simulated", Boolean.toString(test.simulated()));
        allure.environment(environment);
    }

    @Override
    public void levelJudged(JudgedLevel judged) {
        allure.level(judged.level(), judged.outcome(), judged.phases());
    }

    @Override
    public void sweepJudged(TestReport test) {
        allure.sweep(test);
    }

    @Override
    public void trendDrawn(Subject subject, String svg) {
        allure.trend(svg);
    }

    @Override
    public String toString() {
        return "Allure";
    }
}
