package dev.llmload.junit.run;

import dev.llmload.report.console.ProgressPrinter;
import org.junit.platform.launcher.LauncherDiscoveryListener;
import org.junit.platform.launcher.LauncherDiscoveryRequest;
import org.junit.platform.launcher.LauncherSession;
import org.junit.platform.launcher.LauncherSessionListener;

/**
 * Says in one line, when a launcher's session ends, that load tests were selected and a filter removed them: build tools
 * report "0 tests" and success. Found by JUnit through {@code META-INF/services}.
 */
public final class LeftOutListener implements LauncherDiscoveryListener, LauncherSessionListener {
    /** For JUnit. */
    public LeftOutListener() {}

    @Override
    public void launcherSessionOpened(LauncherSession session) {
        LeftOut.open();
    }

    @Override
    public void launcherDiscoveryFinished(LauncherDiscoveryRequest request) {
        LeftOut.current().ifPresent(found -> found.filtered(request.getPostDiscoveryFilters()));
    }

    @Override
    public void launcherSessionClosed(LauncherSession session) {
        LeftOut.close(System::getProperty)
                .ifPresent(sentence -> ProgressPrinter.forConsole().print(sentence));
    }
}
