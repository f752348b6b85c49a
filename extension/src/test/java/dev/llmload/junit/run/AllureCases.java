package dev.llmload.junit.run;

import io.qameta.allure.Allure;
import io.qameta.allure.AllureLifecycle;
import io.qameta.allure.AllureResultsWriter;
import io.qameta.allure.model.Status;
import io.qameta.allure.model.StatusDetails;
import io.qameta.allure.model.StepResult;
import io.qameta.allure.model.TestResult;
import io.qameta.allure.model.TestResultContainer;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;

/**
 * Opens and closes Allure's test cases as its listener for JUnit does: an assertion is failed, anything else broken, the
 * message is the throwable's. What the library adds meanwhile is in the results.
 */
final class AllureCases implements TestExecutionListener, AllureResultsWriter, AutoCloseable {
    private static final String DIRECTORY = "allure.results.directory";

    private final AllureLifecycle before = Allure.getLifecycle();
    private final AllureLifecycle lifecycle = new AllureLifecycle(this);
    private final List<TestResult> results = new ArrayList<>();

    /** Takes the place of Allure's own life cycle until it is closed; other files go to that folder. */
    AllureCases(Path directory) {
        System.setProperty(DIRECTORY, directory.toString());
        Allure.setLifecycle(lifecycle);
    }

    /** Everything that a reader of the report may see of each test case: its status, then texts. */
    List<String> texts() {
        return results.stream().map(AllureCases::text).toList();
    }

    private static String text(TestResult test) {
        List<String> parts = new ArrayList<>(List.of(
                test.getName(),
                String.valueOf(test.getStatus()),
                String.valueOf(test.getDescription()),
                message(test.getStatusDetails())));
        test.getSteps().forEach(step -> parts.add(step.getName() + " " + step.getStatus() + " " + detail(step)));
        return String.join("\n", parts);
    }

    private static String detail(StepResult step) {
        return message(step.getStatusDetails());
    }

    private static String message(StatusDetails details) {
        return Stream.ofNullable(details)
                .map(StatusDetails::getMessage)
                .map(String::valueOf)
                .findFirst()
                .orElse("");
    }

    @Override
    public void executionStarted(TestIdentifier identifier) {
        if (identifier.isTest()) {
            open(identifier);
        }
    }

    private void open(TestIdentifier identifier) {
        String uuid = UUID.randomUUID().toString();
        lifecycle.scheduleTestCase(new TestResult().setUuid(uuid).setName(identifier.getDisplayName()));
        lifecycle.startTestCase(uuid);
    }

    @Override
    public void executionFinished(TestIdentifier identifier, TestExecutionResult result) {
        if (!identifier.isTest()) {
            if (result.getThrowable().isEmpty()) {
                return;
            }
            open(identifier); // a test that could not be set up is shown as one case
        }
        String uuid = lifecycle.getCurrentTestCase().orElseThrow();
        lifecycle.updateTestCase(uuid, test -> {
            test.setStatus(status(result));
            result.getThrowable()
                    .ifPresent(thrown -> test.setStatusDetails(new StatusDetails().setMessage(thrown.getMessage())));
        });
        lifecycle.stopTestCase(uuid);
        lifecycle.writeTestCase(uuid);
    }

    private static Status status(TestExecutionResult result) {
        return switch (result.getStatus()) {
            case SUCCESSFUL -> Status.PASSED;
            case ABORTED -> Status.SKIPPED;
            case FAILED ->
                result.getThrowable().filter(AssertionError.class::isInstance).isPresent()
                        ? Status.FAILED
                        : Status.BROKEN;
        };
    }

    @Override
    public void write(TestResult result) {
        results.add(result);
    }

    @Override
    public void write(TestResultContainer container) {}

    @Override
    public void write(String source, InputStream attachment) {}

    @Override
    public void close() {
        Allure.setLifecycle(before);
        System.clearProperty(DIRECTORY);
    }
}
