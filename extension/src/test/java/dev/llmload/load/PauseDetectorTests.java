package dev.llmload.load;

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
    void theProcessStoodStill_onlyIfNobodyInItWentOn() {
        assertThat(ClientHealthMonitor.stoppedShare(1000, 0, 80, 60, 70)).isEqualTo(0.06);
        assertThat(ClientHealthMonitor.stoppedShare(1000, 0, 900, 0)).isZero();
        assertThat(ClientHealthMonitor.stoppedShare(1000, 90, 80, 60)).isEqualTo(0.09);
        assertThat(ClientHealthMonitor.stoppedShare(1000, 0, 1500, 1200)).isEqualTo(1);
        assertThat(ClientHealthMonitor.stoppedShare(0, 5, 5)).isZero();
    }

    @Test
    void latenessUpToTenMilliseconds_isOrdinary() {
        assertThat(PauseDetector.beyondNoise(10_000_000)).isZero();
        assertThat(PauseDetector.beyondNoise(10_000_001)).isEqualTo(10_000_001);
        assertThat(PauseDetector.beyondNoise(-1)).isZero();
    }
}
