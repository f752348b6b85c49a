package dev.llmload.junit.run;

/** Another load test of this host did not end in time, so this one offers no load: nothing is known of the endpoint. */
final class HostBusyException extends IllegalStateException {
    private static final long serialVersionUID = 1L;

    HostBusyException(String message) {
        super(message);
    }
}
