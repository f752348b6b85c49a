package dev.llmload.report.file;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.llmload.result.GpuMeasurement;
import dev.llmload.result.GpuUse;

/** The GPUs of a level in results.json. What a device or its source does not have is left out. */
final class GpuJson {
    private GpuJson() {}

    static ObjectNode of(GpuMeasurement telemetry) {
        ObjectNode node = Json.object().put("source", telemetry.source());
        ArrayNode devices = node.putArray("devices");
        for (GpuUse use : telemetry.devices()) {
            ObjectNode device = devices.addObject()
                    .put("uuid", use.device().uuid())
                    .put("name", use.device().name());
            number(device, "energy_j", use.energyJoules());
            if (!use.energyMethod().isEmpty()) {
                device.put("energy_method", use.energyMethod());
            }
            number(device, "energy_uncertainty", use.energyUncertainty());
            number(device, "power_w", use.powerWatts());
            number(device, "idle_power_w", use.idleWatts());
            number(device, "gpu_util", use.gpuUtil());
            number(device, "memory_used_gb", use.memoryUsedBytes() / 1e9);
            number(device, "temperature_c", use.temperatureCelsius());
            number(device, "tensor_activity", use.tensorActivity());
        }
        return node;
    }

    private static void number(ObjectNode node, String key, double value) {
        if (Double.isFinite(value)) {
            Json.put(node, key, value, 6);
        }
    }
}
