package dev.llmload.report.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TerminalTests {
    private static Colours colours(boolean terminal, String... variables) {
        Map<String, String> environment = new java.util.HashMap<>();
        for (int i = 0; i < variables.length; i += 2) {
            environment.put(variables[i], variables[i + 1]);
        }
        return Colours.of(environment, terminal);
    }

    @Nested
    class ColoursAreThere {
        @Test
        void onATerminal_butNotInAFileOrAPipe() {
            assertThat(colours(true, "TERM", "xterm-256color")).isEqualTo(Colours.ANSI);
            assertThat(colours(false, "TERM", "xterm-256color")).isEqualTo(Colours.NONE);
        }

        @Test
        void whereTheyAreForced() {
            assertThat(colours(false, "CLICOLOR_FORCE", "1")).isEqualTo(Colours.ANSI);
            assertThat(colours(false, "CLICOLOR_FORCE", "0")).isEqualTo(Colours.NONE);
        }

        @ParameterizedTest
        @CsvSource({"GITHUB_ACTIONS,ANSI", "GITLAB_CI,ANSI", "JENKINS_URL,NONE", "CI,NONE"})
        void inTheLogsOfCiSystemsThatShowThem(String variable, Colours expected) {
            assertThat(colours(false, variable, "true")).isEqualTo(expected);
        }
    }

    @Nested
    class NoColourIsThere {
        @Test
        void whereNoColorSaysSo_whateverElseDoes() {
            assertThat(colours(true, "NO_COLOR", "1", "CLICOLOR_FORCE", "1", "GITHUB_ACTIONS", "true"))
                    .isEqualTo(Colours.NONE);
            assertThat(colours(true, "NO_COLOR", "")).isEqualTo(Colours.ANSI);
        }

        @Test
        void onADumbTerminal_orWhereCliColorIsOff() {
            assertThat(colours(true, "TERM", "dumb")).isEqualTo(Colours.NONE);
            assertThat(colours(true, "CLICOLOR", "0")).isEqualTo(Colours.NONE);
        }

        @Test
        void inWhatABuildToolCopiesIntoItsReports() {
            Terminal behindMaven = Terminal.of(Map.of("COLUMNS", "100"), false, true, Glyphs.UNICODE);

            assertThat(behindMaven).isEqualTo(new Terminal(false, 100, Glyphs.UNICODE, Colours.NONE, Colours.ANSI));
        }
    }

    @Nested
    class TheWidth {
        @Test
        void isThatOfColumns_and80WhereNobodySays() {
            assertThat(Terminal.of(Map.of("COLUMNS", "132"), false, false, Glyphs.UNICODE)
                            .columns())
                    .isEqualTo(132);
            assertThat(Terminal.of(Map.of("COLUMNS", "wide"), false, false, Glyphs.UNICODE)
                            .columns())
                    .isEqualTo(80);
            assertThat(Terminal.of(Map.of(), false, false, Glyphs.UNICODE).columns())
                    .isEqualTo(80);
        }

        @Test
        void onADumbTerminal_nothingIsRewritten() {
            assertThat(Terminal.of(Map.of("TERM", "dumb", "COLUMNS", "80"), true, false, Glyphs.UNICODE)
                            .rewrites())
                    .isFalse();
        }
    }

    @Nested
    class Painted {
        @Test
        void areVerdictsAndTheirMarks_andNothingElse() {
            assertThat(Colours.ANSI.of("║  ✘ 50 users   FAIL   97.0 % ║"))
                    .isEqualTo("║  \u001b[31m✘\u001b[0m 50 users   \u001b[31mFAIL\u001b[0m   97.0 % ║");
            assertThat(Colours.ANSI.of("[llm-load] ? Test.chat @ 1 user: why? – nobody PASSED"))
                    .isEqualTo("[llm-load] \u001b[33m?\u001b[0m Test.chat @ 1 user: why? – nobody PASSED");
            assertThat(Colours.ANSI.of("║    – NOT MEASURED\n║  ✔ PASS"))
                    .isEqualTo("║    \u001b[36m–\u001b[0m \u001b[36mNOT MEASURED\u001b[0m\n"
                            + "║  \u001b[32m✔\u001b[0m \u001b[32mPASS\u001b[0m");
            assertThat(Colours.NONE.of("✘ FAIL")).isEqualTo("✘ FAIL");
        }
    }
}
