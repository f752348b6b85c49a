package dev.llmload.prompt;

/**
 * One record as it lies in its source: a line, a CSV record, an element of a JSON array.
 *
 * @param offset of its first byte
 * @param length in bytes, line ending excluded
 * @param line on which it begins, from 1
 * @param text its characters
 */
public record Raw(long offset, int length, long line, String text) {}
