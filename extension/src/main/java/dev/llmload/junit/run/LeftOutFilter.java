package dev.llmload.junit.run;

import org.junit.platform.engine.FilterResult;
import org.junit.platform.engine.TestDescriptor;
import org.junit.platform.launcher.PostDiscoveryFilter;

/**
 * Filters nothing: it sees every test before the filters of the request do, so that {@link LeftOutListener} can tell which
 * load tests those removed. Found by JUnit through {@code META-INF/services}.
 */
public final class LeftOutFilter implements PostDiscoveryFilter {
    /** For JUnit. */
    public LeftOutFilter() {}

    @Override
    public FilterResult apply(TestDescriptor test) {
        LeftOut.current().ifPresent(session -> session.found(test));
        return FilterResult.included("load tests are counted only");
    }
}
