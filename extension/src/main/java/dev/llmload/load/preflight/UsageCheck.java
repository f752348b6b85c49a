package dev.llmload.load.preflight;

/**
 * What a whole streamed answer said of its tokens.
 *
 * @param reported whether it held the usage
 * @param failure how the answer failed, in words; empty if it came whole
 */
public record UsageCheck(boolean reported, String failure) {}
