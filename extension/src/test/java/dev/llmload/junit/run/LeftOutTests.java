package dev.llmload.junit.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectMethod;
import static org.junit.platform.launcher.EngineFilter.includeEngines;
import static org.junit.platform.launcher.TagFilter.excludeTags;

import dev.llmload.junit.LlmLoad;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.platform.engine.DiscoverySelector;
import org.junit.platform.engine.FilterResult;
import org.junit.platform.launcher.LauncherSession;
import org.junit.platform.launcher.PostDiscoveryFilter;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;

/** Load tests that were selected and that a filter removed. */
class LeftOutTests {
    private static final String ONE = OneTestCase.class.getName() + "#chat";

    @AfterEach
    void forget() {
        System.clearProperty("test");
    }

    /** What is printed by a session that looks at one class after the other, as Surefire does. */
    private static String printed(PostDiscoveryFilter filter, DiscoverySelector... selectors) {
        PrintStream console = System.out;
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        System.setOut(new PrintStream(printed, true, StandardCharsets.UTF_8));
        try (LauncherSession session = LauncherFactory.openSession()) {
            for (DiscoverySelector selector : List.of(selectors)) {
                session.getLauncher()
                        .discover(LauncherDiscoveryRequestBuilder.request()
                                .selectors(selector)
                                .filters(includeEngines("junit-jupiter"))
                                .filters(filter)
                                .build());
            }
        } finally {
            System.setOut(console);
        }
        return printed.toString(StandardCharsets.UTF_8);
    }

    @Test
    void ofARunThatHasNothingElse_oneLineSaysSo_andHowToRunThem() {
        assertThat(printed(excludeTags("llm-load"), selectClass(OneTestCase.class), selectClass(ManyTestCase.class)))
                .startsWith("[llm-load] warning: 5 load tests are selected but left out: "
                        + ManyTestCase.class.getName() + "#a, " + ManyTestCase.class.getName() + "#b, "
                        + ManyTestCase.class.getName() + "#c, … (")
                .contains("llm-load]). To run them: mvn verify -Dit.test=LeftOutTests.ManyTestCase where Failsafe has"
                        + " <groups>llm-load</groups>, or any launcher without that filter")
                .hasLineCount(1);
        assertThat(printed(excludeTags("llm-load"), selectMethod(OneTestCase.class, "chat")))
                .contains("warning: a load test is selected but left out: " + ONE + " (", "To run it: ");
    }

    @Test
    void whoseUnitTestsRun_isWhatABuildWants_unlessTheClassWasNamed() {
        assertThat(printed(excludeTags("llm-load"), selectClass(OneTestCase.class), selectClass(UnitTestCase.class)))
                .isEmpty();

        System.setProperty("test", "OneTestCase,UnitTestCase");

        assertThat(printed(excludeTags("llm-load"), selectClass(OneTestCase.class), selectClass(UnitTestCase.class)))
                .contains("warning: a load test is selected but left out: " + ONE);
    }

    @Test
    void oneOfSeveralMethodsThatWasNamed_leavesTheOthersOut_withoutAWord() {
        System.setProperty("test", "ManyTestCase#a");
        PostDiscoveryFilter byName = test -> FilterResult.includedIf(
                !test.isTest() && test.getDisplayName().startsWith("a"), () -> "named", () -> "not named");

        assertThat(printed(byName, selectClass(ManyTestCase.class))).isEmpty();
    }

    @Test
    void nothingRemoved_saysNothing() {
        assertThat(printed(excludeTags("other"), selectClass(OneTestCase.class)))
                .isEmpty();
        assertThat(printed(excludeTags("other"), selectClass(UnitTestCase.class)))
                .isEmpty();
    }

    @Test
    void aSessionWithinASession_isOneOfItsOwn() {
        List<String> inner = new ArrayList<>();
        LeftOut.open();
        inner.add(printed(excludeTags("llm-load"), selectClass(OneTestCase.class)));

        assertThat(inner.get(0)).contains("left out");
        assertThat(LeftOut.close(name -> null)).isEmpty();
    }

    static class OneTestCase {
        @LlmLoad(concurrency = 1)
        void chat() {}
    }

    static class ManyTestCase {
        @LlmLoad(concurrency = 1)
        void a() {}

        @LlmLoad(concurrency = 1)
        void b() {}

        @LlmLoad(concurrency = 1)
        void c() {}

        @LlmLoad(concurrency = 1)
        void d() {}
    }

    static class UnitTestCase {
        @Test
        void unit() {}
    }
}
