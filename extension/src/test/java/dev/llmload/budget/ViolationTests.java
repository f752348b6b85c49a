package dev.llmload.budget;

import static dev.llmload.budget.Measured.requests;
import static org.assertj.core.api.Assertions.assertThat;

import dev.llmload.result.BudgetViolationError;
import dev.llmload.result.Interval;
import dev.llmload.result.JudgedBudget;
import dev.llmload.result.JudgedLevel;
import dev.llmload.result.LoadInconclusiveException;
import dev.llmload.result.Verdict;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import org.junit.jupiter.api.Test;

class ViolationTests {
    private final JudgedLevel level =
            requests(9, 1, 0).judgeAll("success_rate >= 99%").view();

    @Test
    void brokenBudgetIsAnAssertionError_whichCarriesTheLevel() {
        assertThat(new BudgetViolationError("broken", level))
                .isInstanceOf(AssertionError.class)
                .hasMessage("broken")
                .returns(level.result(), e -> e.result().orElseThrow())
                .returns(level.budgets(), BudgetViolationError::budgets);
    }

    @Test
    void aBudgetIsSeenWithItsValueLimitAndInterval() {
        assertThat(level.verdict()).isEqualTo(Verdict.FAIL);
        JudgedBudget budget = level.budgets().get(0);
        assertThat(budget.text()).isEqualTo("success_rate >= 99 %");
        assertThat(budget.source()).isEqualTo("method");
        assertThat(budget.verdict()).isEqualTo(Verdict.FAIL);
        assertThat(budget.actual()).hasValue(90);
        assertThat(budget.limit()).isEqualTo(99);
        assertThat(budget.unit()).isEqualTo("%");
        assertThat(budget.interval())
                .hasValueSatisfying(interval -> assertThat(interval)
                        .returns(true, Interval::isBounded)
                        .matches(ends -> ends.low() < 90 && ends.high() > 90));
    }

    @Test
    void inconclusiveMeasurementIsNoAssertionError() {
        assertThat(new LoadInconclusiveException("open", level))
                .isNotInstanceOf(AssertionError.class)
                .hasMessage("open")
                .returns(level.result(), e -> e.result().orElseThrow())
                .returns(level.budgets(), LoadInconclusiveException::budgets);
    }

    @Test
    void messageTravelsToAnotherJvm_theLevelDoesNot() throws Exception {
        BudgetViolationError error = copy(new BudgetViolationError("broken", level));
        assertThat(error).hasMessage("broken");
        assertThat(error.result()).isEmpty();
        assertThat(error.budgets()).isEmpty();
        assertThat(copy(new LoadInconclusiveException("open", level)).result()).isEmpty();
    }

    @SuppressWarnings("unchecked")
    private static <T> T copy(T object) throws Exception {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
            out.writeObject(object);
        }
        try (ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
            return (T) in.readObject();
        }
    }
}
