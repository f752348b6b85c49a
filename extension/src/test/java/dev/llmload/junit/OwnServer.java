package dev.llmload.junit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import dev.llmload.junit.LoadTestKit.Ran;
import dev.llmload.junit.run.PlanValidator;
import dev.llmload.report.console.Printed;
import dev.llmload.simulator.Simulator;
import dev.llmload.simulator.SimulatorSettings;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.platform.launcher.TestPlan;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;

/** What the tests of endpoints that only the running test knows share: a server of their own, and ways to ask. */
final class OwnServer {
    private static Simulator running = start("model-a");

    private OwnServer() {}

    static synchronized Simulator start(String model) {
        return Simulator.start(SimulatorSettings.parse(LoadTestKit.QUICK + "&model=" + model));
    }

    /** Started before all tests of the class: what a container is. */
    static synchronized String url() {
        return running.url();
    }

    static int port() {
        return URI.create(url()).getPort();
    }

    /** A run without the key of the URL, which the kit sets by default. */
    static Ran run(Path output, Class<?> testClass, String... keysAndValues) {
        List<String> all = new ArrayList<>(List.of("llmload.url", "", "llmload.inconclusive", "warn"));
        all.addAll(List.of(keysAndValues));
        return LoadTestKit.run(testClass, output, all.toArray(String[]::new));
    }

    static void passesAtItsOwnServer(Ran ran) {
        assertThat(ran.invocations()).containsExactly("1 user SUCCESSFUL");
        assertThat(ran.file("results.json")).contains("\"simulated\": false");
    }

    static TestPlan plan(Class<?> testClass) {
        return LauncherFactory.create()
                .discover(LauncherDiscoveryRequestBuilder.request()
                        .selectors(selectClass(testClass))
                        .configurationParameters(Map.of())
                        .build());
    }

    static String alarm(Class<?> testClass) {
        Printed printed = new Printed();
        new PlanValidator(printed::printer).testPlanExecutionStarted(plan(testClass));
        return printed.toString();
    }
}
