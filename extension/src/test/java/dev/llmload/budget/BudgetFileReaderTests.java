package dev.llmload.budget;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a budget file may say, and where it says its mistakes are. */
class BudgetFileReaderTests {
    @Test
    void holdsARelease_itsBudgets_andThoseOfLevels() {
        ReleaseBudgets read = ReleaseBudgets.parse("""
                release: llama-3-8b-instruct/2026-11
                budgets:
                  - ttft p95 < 1500 ms
                  - success_rate >= 99.5%
                levels:
                  "100 users": [mfu >= 12%, throughput >= 1400 tok/s]
                """, "llama.yaml");

        assertThat(read.release()).isEqualTo("llama-3-8b-instruct/2026-11");
        assertThat(read.budgets())
                .extracting(budget -> budget.text() + " @ " + budget.at() + " from " + budget.source())
                .containsExactly(
                        "ttft p95 < 1500 ms @ [] from file llama.yaml",
                        "success_rate >= 99.5 % @ [] from file llama.yaml",
                        "mfu >= 12 % @ [100 users] from file llama.yaml",
                        "throughput >= 1400 tok/s @ [100 users] from file llama.yaml");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "'relase: a'|line 1, column 1: unknown key `relase`|did you mean `release`?",
                "'release: a\nbudget: []'|line 2, column 1: unknown key `budget`|did you mean `budgets`?",
                "'budgets: ttft p95 < 1 s'|line 1, column 10: `budgets` must be a list of budgets|for example",
                "'budgets:\n  - ttft p95 < 1 s\n  - ttft p59 < 1 x'|line 3, column 5: budget|unknown unit",
                "'levels:\n  10 users: 5'|line 2, column 13: level `10 users` must be a list|for example",
                "'levels: [a]'|line 1, column 9: `levels` must hold level names|for example",
                "'budgets:\n  - a: b'|line 2, column 5: a budget of `budgets` must be one line of text|quotes",
                "'release: a\nrelease: b'|line 2, column 8: |Duplicate field 'release'",
                "'release: [a'|line 1, column 10: |`release` must be a name",
                "'budgets: [a <'|line 1, column |",
                "'- a'|line 1, column 1: a budget file must hold the keys|`levels`",
                "'release: a\n---\nrelease: b'|line 3, column 1: |one YAML document",
                "'release: \"\"'|line 1, column 10: `release` must be a name|",
            })
    void saysWhereAMistakeIs(String text, String place, String what) {
        assertThatThrownBy(() -> ReleaseBudgets.parse(text, "x.yaml"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("budget file x.yaml, " + place)
                .hasMessageContaining(what == null ? "" : what);
    }

    @Test
    void aBudgetThatIsNone_hasItsOwnCaretToo() {
        assertThatThrownBy(() -> ReleaseBudgets.parse("budgets: [ttfx p95 < 1 s]", "x.yaml"))
                .hasMessageContaining("line 1, column 11: budget (file x.yaml): unknown metric \"ttfx\"")
                .hasMessageContaining("^")
                .hasMessageContaining("did you mean \"ttft\"?");
    }

    @Test
    void anEmptyFile_isRefused() {
        assertThatThrownBy(() -> ReleaseBudgets.parse("# nothing yet\n", "x.yaml"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("must hold the keys");
    }
}
