package dev.llmload.gate;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.llmload.gate.gates.DisabledGate;
import dev.llmload.gate.gates.HoldingGate;
import dev.llmload.gate.gates.LateGate;
import dev.llmload.gate.gates.MisspeltGate;
import dev.llmload.gate.gates.UndecidedGate;
import dev.llmload.simulator.Simulator;
import dev.llmload.simulator.SimulatorSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

/** The program as it is called: a JVM of its own, its exit code, and what it leaves behind. */
class GateRunTests {
    private static final String QUICK = "simulator:fast?ttft=4ms&tpot=1ms&tokens=5..8";

    @TempDir
    Path folder;

    private record Ended(int code, String console) {}

    private Ended gate(Class<?> gate, String url, String... more) throws IOException, InterruptedException {
        List<String> command = GateProcess.java();
        command.addAll(List.of(
                "-Djava.io.tmpdir=" + folder,
                "-Dstdout.encoding=UTF-8",
                "-cp",
                System.getProperty("java.class.path"),
                GateOnASteadyClient.class.getName(),
                "--url",
                url,
                "--release",
                "2026-11",
                "--output",
                folder.resolve("runs").toString(),
                "--set",
                "llmload.report.charts=false",
                "--select",
                gate.getName()));
        command.addAll(List.of(more));
        Path console = folder.resolve("console.txt");
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(console.toFile());
        Map<String, String> environment = builder.environment();
        environment.put("GITHUB_ACTIONS", "true");
        environment.put("NO_COLOR", "1");
        environment.put("GITHUB_STEP_SUMMARY", folder.resolve("step.md").toString());
        Process process = builder.start();
        try {
            assertThat(process.waitFor(GateProcess.PATIENCE_SECONDS, TimeUnit.SECONDS))
                    .isTrue();
            return new Ended(process.exitValue(), Files.readString(console));
        } finally {
            process.destroyForcibly();
        }
    }

    private Ended gateOf(Class<?> gate, String server) throws IOException, InterruptedException {
        try (Simulator simulator = Simulator.start(SimulatorSettings.parse(server))) {
            return gate(gate, simulator.url());
        }
    }

    private JsonNode json() throws IOException {
        return new ObjectMapper().readTree(folder.resolve("runs/gate/gate.json").toFile());
    }

    private List<Element> testCases() throws Exception {
        Document xml = DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(folder.resolve("runs/gate/TEST-junit-jupiter.xml").toFile());
        NodeList nodes = xml.getElementsByTagName("testcase");
        List<Element> cases = new ArrayList<>();
        for (int i = 0; i < nodes.getLength(); i++) {
            cases.add((Element) nodes.item(i));
        }
        return cases;
    }

    @Test
    void budgetsThatHold_endWith0() throws Exception {
        Ended ended = gateOf(HoldingGate.class, QUICK);

        assertThat(ended.code()).as(ended.console()).isZero();
        assertThat(ended.console())
                .contains("LLM LOAD: 1 test", "2 PASS, 1 comparison")
                .contains("[llm-load] gate: all budgets hold: 2 PASS, 1 comparison; exit code 0")
                .doesNotContain("::error", "::warning", "SIMULATED");
        assertThat(json().path("answer").asText()).isEqualTo("PASSED");
        assertThat(json().path("tests").path(0).path("invocations")).hasSize(3);
        assertThat(Path.of(json().path("folders").path(0).asText()).resolve("results.json"))
                .exists();
        assertThat(testCases())
                .hasSize(3)
                .allSatisfy(
                        test -> assertThat(test.getElementsByTagName("failure").getLength())
                                .isZero());
        assertThat(folder.resolve("step.md")).content().contains("✔ PASS", "HoldingGate.chat");
    }

    @Test
    void aBrokenBudget_endsWith1() throws Exception {
        Ended ended = gateOf(HoldingGate.class, QUICK + "&errorRate=50%");

        assertThat(ended.code()).as(ended.console()).isEqualTo(1);
        assertThat(ended.console())
                .contains("[llm-load] gate: budgets are broken: ", "; exit code 1")
                .contains("::error ")
                .contains("title=FAIL%3A HoldingGate.chat @ 2 users::LLM load budget violated: ");
        assertThat(json().path("answer").asText()).isEqualTo("BROKEN");
        assertThat(testCases().stream()
                        .filter(test -> test.getElementsByTagName("failure").getLength() == 1))
                .hasSize(2);
    }

    @Test
    void whatCannotBeDecided_endsWith2_evenIfAPolicyMakesItAWarning() throws Exception {
        try (Simulator server = Simulator.start(SimulatorSettings.parse(QUICK))) {
            Ended ended = gate(UndecidedGate.class, server.url(), "--set", "llmload.inconclusive=warn");

            assertThat(ended.code()).as(ended.console()).isEqualTo(2);
            assertThat(ended.console())
                    .contains("[llm-load] gate: could not tell: 1 INCONCLUSIVE; exit code 2")
                    .contains("::warning ", "title=INCONCLUSIVE%3A UndecidedGate.chat @ 2 users::");
            assertThat(json().path("answer").asText()).isEqualTo("COULD_NOT_TELL");
        }
    }

    @Test
    void budgetsThatOnlyTheSimulatorHolds_endWith2() throws Exception {
        Ended ended = gate(HoldingGate.class, QUICK);

        assertThat(ended.code()).as(ended.console()).isEqualTo(2);
        assertThat(ended.console())
                .contains(
                        "gate: could not tell: 2 PASS, 1 comparison (the simulator answered, which says nothing of a release)");
        assertThat(json().path("simulated").asBoolean()).isTrue();
    }

    @Test
    void anEndpointThatCannotBeUsed_endsWith2() throws Exception {
        try (Simulator server = Simulator.start(SimulatorSettings.parse("simulator:fast?apiKey=secret"))) {
            Ended ended = gate(HoldingGate.class, server.url());

            assertThat(ended.code()).as(ended.console()).isEqualTo(2);
            assertThat(ended.console())
                    .contains("::error ", "title=ERROR%3A HoldingGate.chat @ 2 users::", "LLM_API_KEY")
                    .doesNotContain("\tat dev.llmload");
        }
    }

    @Test
    void whenNoLoadWasOffered_itEndsWith3() throws Exception {
        Ended ended = gate(DisabledGate.class, QUICK);

        assertThat(ended.code()).as(ended.console()).isEqualTo(3);
        assertThat(ended.console())
                .contains("[llm-load] warning: no load was offered, so nothing is gated: 1 load test did not run: ")
                .contains("gate: no load was offered: 1 SKIPPED (")
                .contains("; exit code 3");
        assertThat(json().path("answer").asText()).isEqualTo("NOTHING_RAN");
    }

    @Test
    void anAddressThatBeforeAllSets_isWaitedFor() throws Exception {
        Ended ended = gate(LateGate.class, "");

        assertThat(ended.code()).as(ended.console()).isZero();
        assertThat(ended.console()).contains("gate: all budgets hold: ").doesNotContain("mistake");
    }

    @Test
    void aTestThatIsNotConfigured_endsWith3_andNothingIsSent() throws Exception {
        try (Simulator server = Simulator.start(SimulatorSettings.parse(QUICK))) {
            Ended ended = gate(MisspeltGate.class, server.url());

            assertThat(ended.code()).as(ended.console()).isEqualTo(3);
            assertThat(ended.console()).contains("unknown metric \"tftt\"").doesNotContain("\tat ");
            assertThat(server.stats().requests()).isZero();
            assertThat(folder.resolve("runs")).doesNotExist();
        }
    }
}
