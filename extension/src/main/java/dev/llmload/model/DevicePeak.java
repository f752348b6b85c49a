package dev.llmload.model;

import dev.llmload.junit.ComputeType;
import java.util.OptionalDouble;

/**
 * What one device could do at most: dense, without sparsity.
 *
 * @param device its name
 * @param computeType in which format, never AUTO
 * @param flops per second
 * @param bytesPerSecond of its memory, if known
 * @param source where the numbers come from, for readers
 */
public record DevicePeak(
        String device, ComputeType computeType, double flops, OptionalDouble bytesPerSecond, String source) {}
