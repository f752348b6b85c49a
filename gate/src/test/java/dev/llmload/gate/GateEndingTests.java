package dev.llmload.gate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.llmload.gate.gates.EndlessGate;
import dev.llmload.gate.gates.HoldingGate;
import dev.llmload.gate.gates.OutOfMemoryGate;
import dev.llmload.gate.gates.OverflowGate;
import dev.llmload.gate.gates.StuckGate;
import dev.llmload.simulator.Simulator;
import dev.llmload.simulator.SimulatorSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Element;

/** Gates that do not come to their end as planned: what they leave behind, and the code they end with. */
class GateEndingTests {
    /** So long a JVM that is told to stop waits for the loads that run in it, and for what they write. */
    private static final long WAITED_SECONDS = 3;

    @TempDir
    Path folder;

    private Simulator server;
    private Process process;

    @BeforeEach
    void startServer() {
        server = Simulator.start(SimulatorSettings.parse("simulator:fast?ttft=4ms&tpot=1ms&tokens=5..8"));
    }

    @AfterEach
    void stopAll() {
        if (process != null) {
            process.destroyForcibly();
        }
        server.close();
    }

    private void start(Class<?> gate, Path output) throws IOException {
        List<String> command = GateProcess.java();
        command.addAll(List.of(
                "-Djava.io.tmpdir=" + folder,
                "-cp",
                System.getProperty("java.class.path"),
                GateOnASteadyClient.class.getName(),
                "--url",
                server.url(),
                "--output",
                output.toString(),
                "--set",
                "llmload.report.charts=false",
                "--set",
                "llmload.report.history=off",
                "--select",
                gate.getName()));
        process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("console.txt").toFile())
                .start();
    }

    private int end() throws InterruptedException {
        assertThat(process.waitFor(GateProcess.PATIENCE_SECONDS, TimeUnit.SECONDS))
                .isTrue();
        return process.exitValue();
    }

    private String console() throws IOException {
        return Files.readString(folder.resolve("console.txt"));
    }

    private JsonNode json() throws IOException {
        return new ObjectMapper().readTree(folder.resolve("runs/gate/gate.json").toFile());
    }

    private List<String> unitsThatFailed() throws Exception {
        Element suite = DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(folder.resolve("runs/gate/TEST-junit-jupiter.xml").toFile())
                .getDocumentElement();
        return List.of(suite.getAttribute("tests"), suite.getAttribute("errors"), suite.getAttribute("failures"));
    }

    private void await(String text) throws Exception {
        long start = System.nanoTime();
        while (!console().contains(text)) {
            assertThat(System.nanoTime() - start)
                    .as("waited for %s: %s", text, console())
                    .isLessThan(TimeUnit.SECONDS.toNanos(GateProcess.PATIENCE_SECONDS));
            assertThat(process.waitFor(20, TimeUnit.MILLISECONDS)).as(console()).isFalse();
        }
    }

    @Test
    @DisabledOnOs(value = OS.WINDOWS, disabledReason = "there Process.destroy kills")
    void aSignal_leavesBothFiles_andSaysSo() throws Exception {
        start(EndlessGate.class, folder.resolve("runs"));
        await(" req/s");
        long asked = System.nanoTime();
        process.destroy();
        int code = end();
        long took = System.nanoTime() - asked;

        assertThat(code).as(console()).isEqualTo(143);
        assertThat(console())
                .contains("[llm-load] gate: interrupted by Ctrl-C or a signal; the load stops")
                .contains("[llm-load] gate: could not tell: ", "(interrupted by Ctrl-C or a signal); exit code 2");
        assertThat(json().path("answer").asText()).isEqualTo("COULD_NOT_TELL");
        assertThat(json().path("ended_early").asText()).isEqualTo("interrupted by Ctrl-C or a signal");
        assertThat(unitsThatFailed()).first().isEqualTo("1");
        // A JVM that is told to stop does not wait for ever for what the run wants to write.
        assumeThat(took).as("this machine leaves the run no time").isLessThan(TimeUnit.SECONDS.toNanos(WAITED_SECONDS));
        assertThat(Path.of(json().path("folders").path(0).asText()).resolve("results.json"))
                .exists();
    }

    @Test
    @DisabledOnOs(value = OS.WINDOWS, disabledReason = "there Process.destroy kills")
    void aSignalToATestThatNeverEnds_leavesBothFiles_all_the_same() throws Exception {
        start(StuckGate.class, folder.resolve("runs"));
        await("stuck now");
        process.destroy();

        assertThat(end()).as(console()).isEqualTo(143);
        assertThat(json().path("answer").asText()).isEqualTo("COULD_NOT_TELL");
        assertThat(json().at("/tests/0/invocations/0/status").asText()).isEqualTo("ERROR");
        assertThat(folder.resolve("runs/gate/TEST-junit-jupiter.xml")).isNotEmptyFile();
    }

    @Test
    void noMemory_isCouldNotTell_andNoBrokenBudget() throws Exception {
        start(OutOfMemoryGate.class, folder.resolve("runs"));

        assertThat(end()).as(console()).isEqualTo(2);
        assertThat(console()).contains("thrown by a test").doesNotContain("\tat ");
        assertThat(json().path("answer").asText()).isEqualTo("COULD_NOT_TELL");
        assertThat(folder.resolve("runs/gate/TEST-junit-jupiter.xml")).isNotEmptyFile();
    }

    @Test
    void anErrorThatIsNoAssertion_isCouldNotTell() throws Exception {
        start(OverflowGate.class, folder.resolve("runs"));

        assertThat(end()).as(console()).isEqualTo(2);
        assertThat(json().at("/tests/0/invocations/0/status").asText()).isEqualTo("ERROR");
        assertThat(json().at("/tests/0/invocations/0/message").asText()).contains("thrown by a test");
    }

    /** No folder can be made below a file of the system's own, not even by root. */
    @Test
    @DisabledOnOs(value = OS.WINDOWS, disabledReason = "it has no /proc or /dev")
    void aFolderThatCannotBeMade_changesNoVerdict() throws Exception {
        Path nowhere = Files.isDirectory(Path.of("/proc/self")) ? Path.of("/proc/llm-load") : Path.of("/dev/llm-load");
        start(HoldingGate.class, nowhere);

        assertThat(end()).as(console()).isZero();
        assertThat(console())
                .contains("[llm-load] warning: not written: the run's folder below " + nowhere)
                .contains("[llm-load] warning: gate.json is not written to " + nowhere.resolve("gate"))
                .contains("gate: all budgets hold: 2 PASS, 1 comparison; exit code 0")
                .doesNotContain("\tat ");
    }
}
