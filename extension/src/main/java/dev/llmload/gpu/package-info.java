/**
 * What GPUs do while a load runs: sources of readings behind one interface that knows no vendor, a sampler, and the
 * energy of a window. Offers no load, judges nothing, and knows no more of the product than {@code result}.
 */
@org.jspecify.annotations.NullMarked
package dev.llmload.gpu;
