package dev.llmload.allure;

import io.qameta.allure.AllureLifecycle;
import io.qameta.allure.AllureResultsWriter;
import io.qameta.allure.model.Attachment;
import io.qameta.allure.model.Parameter;
import io.qameta.allure.model.StatusDetails;
import io.qameta.allure.model.TestResult;
import io.qameta.allure.model.TestResultContainer;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** Allure results that stay in memory. */
final class MemoryResults implements AllureResultsWriter {
    private final Map<String, String> files = new LinkedHashMap<>();
    private Optional<TestResult> written = Optional.empty();

    /** Opens a test case, does the work in it, closes it. */
    TestResult inTestCase(Consumer<AllureLifecycle> work) {
        return inTestCase("100 users", work);
    }

    /** The same for an invocation of that name. */
    TestResult inTestCase(String name, Consumer<AllureLifecycle> work) {
        return inTestCase(name, "", work);
    }

    /** The same for one that failed with that message. */
    TestResult inTestCase(String name, String message, Consumer<AllureLifecycle> work) {
        AllureLifecycle lifecycle = new AllureLifecycle(this);
        lifecycle.scheduleTestCase(new TestResult()
                .setUuid("one")
                .setParameters(new ArrayList<>(
                        List.of(new Parameter().setName("UniqueId").setValue("[test-template-invocation:#3]"))))
                .setName("chat(LoadResult) " + name));
        lifecycle.startTestCase("one");
        work.accept(lifecycle);
        if (!message.isEmpty()) {
            StatusDetails details = new StatusDetails().setMessage(message).setTrace("java.lang.Error: " + message);
            lifecycle.updateTestCase("one", test -> test.setStatusDetails(details));
        }
        lifecycle.stopTestCase("one");
        lifecycle.writeTestCase("one");
        return written.orElseThrow();
    }

    String text(TestResult test, String attachment) {
        return test.getAttachments().stream()
                .filter(a -> a.getName().equals(attachment))
                .map(Attachment::getSource)
                .map(files::get)
                .findFirst()
                .orElseThrow();
    }

    @Override
    public void write(TestResult testResult) {
        written = Optional.of(testResult);
    }

    @Override
    public void write(TestResultContainer container) {}

    @Override
    public void write(String source, InputStream attachment) {
        try {
            files.put(source, new String(attachment.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
