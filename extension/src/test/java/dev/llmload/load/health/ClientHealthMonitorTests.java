package dev.llmload.load.health;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ClientHealthMonitorTests {
    @Test
    void theProcessStoodStill_onlyIfNobodyInItWentOn() {
        assertThat(ClientHealthMonitor.stoppedShare(1000, 0, 80, 60, 70)).isEqualTo(0.06);
        assertThat(ClientHealthMonitor.stoppedShare(1000, 0, 900, 0)).isZero();
        assertThat(ClientHealthMonitor.stoppedShare(1000, 90, 80, 60)).isEqualTo(0.09);
        assertThat(ClientHealthMonitor.stoppedShare(1000, 0, 1500, 1200)).isEqualTo(1);
        assertThat(ClientHealthMonitor.stoppedShare(0, 5, 5)).isZero();
    }
}
