package dev.llmload.gpu;

import dev.llmload.spi.TelemetrySource;
import dev.llmload.spi.TelemetrySourceProvider;
import dev.llmload.spi.TelemetryUnavailableException;
import java.time.Duration;

/**
 * Opens the program that NVIDIA's driver brings: the fallback where the library cannot be used. It is run once a second
 * at most, ended when it does not answer, and knows no energy counter.
 */
public final class NvidiaSmiProbe implements TelemetrySourceProvider {
    /** The source's name. */
    public static final String NAME = "nvidia-smi";

    private static final Duration TIMEOUT = Duration.ofSeconds(5);

    private final String program;

    /**
     * Runs nothing yet.
     *
     * @param program name or path of the program; empty for {@code nvidia-smi} on the path
     */
    public NvidiaSmiProbe(String program) {
        this.program = program.isEmpty() ? NAME : program;
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public TelemetrySource open() throws TelemetryUnavailableException {
        return SmiSource.open(new SmiCommand(program, TIMEOUT), System::nanoTime);
    }
}
