package dev.llmload.metric.check;

import dev.llmload.result.Bias;
import dev.llmload.result.Metric;
import dev.llmload.result.ValidityCheck;
import dev.llmload.result.ValidityCheck.Status;
import java.util.Map;

/** One question that a level asks about its own measurement. Pure. */
interface Check {
    /** The answer. */
    ValidityCheck judge(Evidence evidence);

    static ValidityCheck ok(String name, String detail) {
        return new ValidityCheck(name, Status.OK, detail, Map.of());
    }

    static ValidityCheck warning(String name, String detail) {
        return new ValidityCheck(name, Status.WARNING, detail, Map.of());
    }

    static ValidityCheck notMeasured(String name, String detail) {
        return new ValidityCheck(name, Status.NOT_MEASURED, detail, Map.of());
    }

    static ValidityCheck broken(String name, String detail, Map<Metric, Bias> bias) {
        return new ValidityCheck(name, Status.BROKEN, detail, bias);
    }
}
