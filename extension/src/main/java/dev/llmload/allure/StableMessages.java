package dev.llmload.allure;

import dev.llmload.budget.BudgetOutcome;
import dev.llmload.budget.LevelVerdict;
import dev.llmload.report.TestReport;
import dev.llmload.result.Verdict;
import io.qameta.allure.listener.TestLifecycleListener;
import io.qameta.allure.model.StatusDetails;
import io.qameta.allure.model.TestResult;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Allure puts failures of one message together, and values, ports and times differ from run to run. The message of a test
 * case of ours is therefore what decided, and where: {@code LLM load budget violated: ttft p95 < 1500 ms @ 100 users}. The whole
 * message stands in the trace. Found by Allure through {@code META-INF/services}; safe for use by any thread.
 */
public final class StableMessages implements TestLifecycleListener {
    private static final String OURS = "LLM load ";
    private static final Pattern OF_ITS_FIRST_LINE = Pattern.compile("^(LLM load [a-z ]+): [^\\n]*");
    private static final Pattern PORT = Pattern.compile("(?<=://[^\\s/:]{1,200}):\\d{1,5}");
    private static final Pattern TIME = Pattern.compile("\\b\\d+(?:\\.\\d+)? ?(?:ns|µs|ms|s|min)\\b");

    /** By the test case's id. */
    private static final Map<String, String> DECIDED = new ConcurrentHashMap<>();

    /** For Allure. */
    public StableMessages() {}

    /** Notes what decided a test case, which is written later. */
    static void decided(String testCase, LevelVerdict level) {
        note(testCase, level.outcomes(), level.result().level().name());
    }

    /** The same for the comparison of all levels. */
    static void decided(String testCase, TestReport test) {
        note(testCase, test.sweep(), "all levels");
    }

    private static void note(String testCase, List<BudgetOutcome> outcomes, String where) {
        Verdict worst = outcomes.stream().map(BudgetOutcome::verdict).reduce(Verdict.PASS, Verdict::and);
        String budgets = outcomes.stream()
                .filter(outcome -> worst != Verdict.PASS && outcome.verdict() == worst)
                .map(outcome -> outcome.budget().text())
                .collect(Collectors.joining("; "));
        if (!budgets.isEmpty()) {
            DECIDED.put(testCase, budgets + " @ " + where);
        }
    }

    @Override
    public void beforeTestWrite(TestResult result) {
        String decided = result.getUuid() == null ? null : DECIDED.remove(result.getUuid());
        StatusDetails details = result.getStatusDetails();
        if (details == null || details.getMessage() == null) {
            return;
        }
        String message = details.getMessage().strip();
        if (message.startsWith(OURS) && decided != null) {
            details.setMessage(OF_ITS_FIRST_LINE.matcher(firstLine(message)).replaceFirst("$1: ") + decided);
        } else if (isUnusable(details.getTrace())) {
            details.setMessage(
                    TIME.matcher(PORT.matcher(message).replaceAll("")).replaceAll("…"));
        }
    }

    private static boolean isUnusable(String trace) {
        return trace != null && trace.contains("EndpointUnusableException");
    }

    private static String firstLine(String message) {
        return message.lines().findFirst().orElse("");
    }
}
