package dev.llmload.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.llmload.junit.ComputeType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DevicePeaksTests {
    @ParameterizedTest
    @CsvSource({
        "NVIDIA A10, 125",
        "NVIDIA A10G, 70",
        "NVIDIA A100-SXM4-80GB, 312",
        "NVIDIA A40, 149.7",
        "Tesla T4, 65",
        "Tesla V100-SXM2-32GB, 125",
        "NVIDIA H100 80GB HBM3, 989.4",
        "NVIDIA H100 PCIe, 756.5",
        "NVIDIA H200, 989.4",
        "NVIDIA B200, 2250",
        "NVIDIA GB200, 2500",
        "nvidia geforce rtx 4090, 165.2",
        "NVIDIA-A40, 149.7",
        "NVIDIA-A100-SXM4-80GB, 312",
        "NVIDIA-H100-80GB-HBM3, 989.4",
        "Tesla-T4, 65",
    })
    void aDeviceHasItsOwnPeakAndNoOthers(String device, double tflops) {
        assertThat(DevicePeaks.of(device, ComputeType.FP16).flops()).isEqualTo(tflops * 1e12);
    }

    @ParameterizedTest
    @CsvSource({
        "NVIDIA GeForce RTX 4090 Laptop GPU",
        "NVIDIA H200 NVL",
        "NVIDIA A100X",
        "NVIDIA A10-24Q",
        "NVIDIA-A10-24Q",
        "NVIDIA-H200-NVL",
        "NVIDIA H20-3e",
        "NVIDIA H100 80GB HBM3 MIG 1g.10gb",
        "NVIDIA GH200 144G HBM3e",
        "Something Else",
    })
    void aDeviceThatTheTableDoesNotHoldIsRefused(String device) {
        assertThatThrownBy(() -> DevicePeaks.of(device, ComputeType.FP16))
                .hasMessage("the peak of `" + device + "` is not known; set `peakTflops` (dense, without sparsity) and"
                        + " `bandwidthGBps`");
    }

    @Test
    void aFormatThatADeviceDoesNotHaveIsRefused() {
        assertThatThrownBy(() -> DevicePeaks.of("Tesla T4", ComputeType.BF16))
                .hasMessage("the peak of `Tesla T4` in BF16 is not known, or it cannot compute in that format; set"
                        + " `computeType`, or `peakTflops`");
        assertThatThrownBy(() -> DevicePeaks.of("NVIDIA A40", ComputeType.FP8)).hasMessageContaining("in FP8");
    }

    @Test
    void aPeakSaysWhereItComesFrom() {
        assertThat(DevicePeaks.of("NVIDIA A40", ComputeType.BF16).source()).isEqualTo("datasheet and derived");
        assertThat(DevicePeaks.of("NVIDIA A10G", ComputeType.BF16).source())
                .isEqualTo("derived; sources conflict: 62.5 and 125 are printed elsewhere");
    }
}
