package dev.llmload.budget;

import static dev.llmload.budget.Measured.requests;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import org.junit.jupiter.api.Test;

class ViolationTests {
    private final LevelVerdict level = requests(9, 1, 0).judgeAll("success_rate >= 99%");

    @Test
    void brokenBudgetIsAnAssertionError_whichCarriesTheLevel() {
        assertThat(new BudgetViolationError("broken", level))
                .isInstanceOf(AssertionError.class)
                .hasMessage("broken")
                .returns(level, e -> e.verdict().orElseThrow());
    }

    @Test
    void inconclusiveMeasurementIsNoAssertionError() {
        assertThat(new LoadInconclusiveException("open", level))
                .isNotInstanceOf(AssertionError.class)
                .hasMessage("open")
                .returns(level, e -> e.verdict().orElseThrow());
    }

    @Test
    void messageTravelsToAnotherJvm_theLevelDoesNot() throws Exception {
        BudgetViolationError error = copy(new BudgetViolationError("broken", level));
        assertThat(error).hasMessage("broken");
        assertThat(error.verdict()).isEmpty();
        assertThat(copy(new LoadInconclusiveException("open", level)).verdict()).isEmpty();
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
