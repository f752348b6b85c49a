/**
 * Telemetry of GPUs on another host, read from the page of NVIDIA's DCGM exporter with the JDK's own client. Nothing here
 * knows a Prometheus server or its query language.
 */
@org.apiguardian.api.API(status = org.apiguardian.api.API.Status.INTERNAL)
@org.jspecify.annotations.NullMarked
package dev.llmload.gpu.prometheus;
