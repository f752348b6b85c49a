/**
 * The charts of a run as SVG and PNG: each level, the sweep, the GPUs, the trend. Writes no file.
 */
@org.jspecify.annotations.NullMarked
package dev.llmload.report.picture;
