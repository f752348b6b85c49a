/**
 * The binding of NVIDIA's management library (NVML) through JNA, which no other package touches. Every symbol is
 * resolved when it is first asked for, and one that is missing costs its metric, not the binding.
 */
@org.apiguardian.api.API(status = org.apiguardian.api.API.Status.INTERNAL)
@org.jspecify.annotations.NullMarked
package dev.llmload.gpu.nvml;
