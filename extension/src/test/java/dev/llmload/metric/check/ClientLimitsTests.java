package dev.llmload.metric.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class ClientLimitsTests {
    @Test
    void users_haveTheStandardOnes() {
        assertThat(ClientLimits.inForce())
                .isSameAs(ClientLimits.STANDARD)
                .isEqualTo(new ClientLimits(1, 0.2, 2e6, 0.05, 0.9, 10_000_000, 0.05));
    }

    @Test
    void othersOfATest_endWithIt_evenIfItFails() {
        assertThatThrownBy(() -> ClientUnderTest.TOO_SLOW.during((Runnable) () -> {
                    assertThat(ClientLimits.inForce()).isNotEqualTo(ClientLimits.STANDARD);
                    throw new IllegalStateException("failed");
                }))
                .hasMessage("failed");
        assertThat(ClientLimits.inForce()).isSameAs(ClientLimits.STANDARD);
    }
}
