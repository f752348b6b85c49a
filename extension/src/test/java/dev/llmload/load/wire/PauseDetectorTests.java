package dev.llmload.load.wire;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PauseDetectorTests {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "G1 Young Generation",
                "G1 Old Generation",
                "PS MarkSweep",
                "Copy",
                "ZGC Pauses",
                "ZGC Minor Pauses",
                "Shenandoah Pauses"
            })
    void collectionsThatStopTheProcess_count(String collector) {
        assertThat(PauseDetector.stops(collector)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"ZGC Cycles", "ZGC Major Cycles", "Shenandoah Cycles", "G1 Concurrent GC"})
    void cyclesBesideTheProcess_doNot(String collector) {
        assertThat(PauseDetector.stops(collector)).isFalse();
    }

    @Test
    void latenessUpToTenMilliseconds_isOrdinary() {
        assertThat(PauseDetector.beyondNoise(10_000_000)).isZero();
        assertThat(PauseDetector.beyondNoise(10_000_001)).isEqualTo(10_000_001);
        assertThat(PauseDetector.beyondNoise(-1)).isZero();
    }
}
