package dev.llmload.load;

import dev.llmload.load.health.ClientHealthMonitor;
import dev.llmload.load.health.LoopProbe;
import dev.llmload.load.send.LoadLoop;
import dev.llmload.load.wire.PauseDetector;
import dev.llmload.metric.LevelRecording;
import dev.llmload.result.MeasurementError.Sentinel;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** How the client keeps up over a level, and over its window. Safe for use by any thread. */
final class WindowHealth {
    private final List<LoopProbe> probes;
    private final PauseDetector pauses;
    private @Nullable ClientHealthMonitor whole;
    private @Nullable ClientHealthMonitor window;

    WindowHealth(List<LoadLoop> loops) {
        this.probes = loops.stream().map(LoadLoop::probe).toList();
        this.pauses = loops.get(0).wire().pauses();
    }

    /** The level begins. */
    synchronized void begin() {
        whole = ClientHealthMonitor.begin(probes, pauses);
    }

    /** The window was opened or closed; both may be told by two threads at once, in either order. */
    synchronized void mark(boolean closed) {
        ClientHealthMonitor watch = window;
        if (watch == null) {
            watch = ClientHealthMonitor.begin(probes, pauses);
            window = watch;
        }
        if (closed) {
            watch.end();
        }
    }

    /** The level has ended; of a window that never opened, what the whole level was like counts. */
    synchronized LevelRecording.Health end(Optional<Sentinel> sentinel) {
        ClientHealthMonitor all = whole == null ? ClientHealthMonitor.begin(probes, pauses) : whole;
        ClientHealthMonitor inWindow = window == null ? all : window;
        inWindow.end();
        all.end();
        probes.forEach(probe -> probe.stop().join());
        return new LevelRecording.Health(inWindow.health(), all.health(), sentinel);
    }
}
