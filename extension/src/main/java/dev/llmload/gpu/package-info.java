/**
 * What GPUs do while a load runs: sources of readings behind one interface that knows no vendor, a sampler, and the
 * energy of a window. Offers no load and judges nothing.
 */
@org.apiguardian.api.API(status = org.apiguardian.api.API.Status.INTERNAL)
@org.jspecify.annotations.NullMarked
package dev.llmload.gpu;
