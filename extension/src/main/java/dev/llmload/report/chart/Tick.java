package dev.llmload.report.chart;

/**
 * One mark of an axis.
 *
 * @param value where it lies
 * @param label what is written at it; empty for a grid line alone
 */
public record Tick(double value, String label) {}
