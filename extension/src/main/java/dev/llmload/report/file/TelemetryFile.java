package dev.llmload.report.file;

import dev.llmload.report.ReportListener;
import dev.llmload.result.LoadResult;

/** {@code telemetry.csv}, appended to with each run of a level; see {@link TelemetryCsv}. Thread-safe. */
public final class TelemetryFile implements ReportListener {
    private final RunFolder folder;
    private final TelemetryCsv telemetry;

    /**
     * Writes nothing yet.
     *
     * @param folder where it goes
     * @param originNanos the instant of the {@link System#nanoTime()} clock that is 0 in it
     */
    public TelemetryFile(RunFolder folder, long originNanos) {
        this.folder = folder;
        this.telemetry = new TelemetryCsv(folder.path(), originNanos);
    }

    @Override
    public void loadMeasured(LoadResult result) {
        result.gpu().ifPresent(readings -> folder.write(TelemetryCsv.FILE, () -> telemetry.append(readings)));
    }

    @Override
    public String toString() {
        return TelemetryCsv.FILE;
    }
}
