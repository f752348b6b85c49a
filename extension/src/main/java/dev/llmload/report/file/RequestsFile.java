package dev.llmload.report.file;

import dev.llmload.report.ReportListener;
import dev.llmload.result.request.RequestRecord;
import java.io.IOException;
import java.util.Optional;

/** {@code requests.jsonl}, request by request; see {@link RequestLog}. Thread-safe. */
public final class RequestsFile implements ReportListener {
    /** Name of the file in the run's folder. */
    public static final String FILE = "requests.jsonl";

    private final RunFolder folder;
    private final Optional<RequestLog> log;

    private RequestsFile(RunFolder folder, Optional<RequestLog> log) {
        this.folder = folder;
        this.log = log;
    }

    /**
     * Makes the file.
     *
     * @param folder where it goes
     * @param originNanos the instant of the {@link System#nanoTime()} clock that is 0 in it
     */
    public static RequestsFile create(RunFolder folder, long originNanos) {
        RequestLog[] made = new RequestLog[1];
        folder.write(FILE, () -> made[0] = new RequestLog(folder.path().resolve(FILE), originNanos));
        return new RequestsFile(folder, Optional.ofNullable(made[0]));
    }

    @Override
    public void requestEnded(String test, String level, int run, RequestRecord request) {
        if (log.isPresent()) {
            log.get().write(test, level, run, request);
        }
    }

    @Override
    public void requestCorrected(String test, String level, int run, RequestRecord request) {
        log.ifPresent(open -> open.correct(test, level, run, request));
    }

    @Override
    public void runEnded() {
        log.ifPresent(open -> {
            try {
                open.close();
            } catch (IOException e) {
                folder.incomplete(FILE, e);
            }
        });
    }

    @Override
    public String toString() {
        return FILE;
    }
}
