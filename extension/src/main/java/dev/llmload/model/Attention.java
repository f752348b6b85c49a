package dev.llmload.model;

/**
 * Attention of one layer.
 *
 * @param reach how far back it looks
 * @param flopsPerPair of one position that attends to another: scores and weighted sum, all heads
 * @param kvElements numbers that the cache keeps of one token
 */
record Attention(Reach reach, long flopsPerPair, long kvElements) {}
