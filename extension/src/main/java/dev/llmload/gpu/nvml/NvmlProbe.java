package dev.llmload.gpu.nvml;

import dev.llmload.spi.TelemetrySource;
import dev.llmload.spi.TelemetrySourceProvider;
import dev.llmload.spi.TelemetryUnavailableException;
import java.util.function.LongSupplier;

/**
 * Opens NVIDIA's management library, which every NVIDIA driver brings. Loads nothing before {@link #open}. Open it once
 * in a JVM: it stays initialised until the source is closed.
 */
public final class NvmlProbe implements TelemetrySourceProvider {
    /** The source's name. */
    public static final String NAME = "nvml";

    private final String library;
    private final LongSupplier clock;

    /**
     * Loads nothing yet.
     *
     * @param library name or path of the library; empty for the places where drivers put it: {@code libnvidia-ml.so.1},
     *     then {@code nvidia-ml}, then that of WSL; {@code nvml.dll} on Windows
     */
    public NvmlProbe(String library) {
        this(library, System::nanoTime);
    }

    NvmlProbe(String library, LongSupplier clock) {
        this.library = library;
        this.clock = clock;
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public TelemetrySource open() throws TelemetryUnavailableException {
        try {
            return NvmlSource.open(NvmlLibrary.load(library), clock);
        } catch (LinkageError e) {
            // JNA itself: not on the class path, or it cannot unpack or load its native part.
            throw new TelemetryUnavailableException(
                    "JNA, through which NVIDIA's library is called, cannot be used: " + e
                            + "; it must be on the class path, and its temporary folder (-Djna.tmpdir=...) must allow"
                            + " executables");
        }
    }
}
