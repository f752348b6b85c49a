/**
 * The charts of a run as SVG and PNG: each level, the sweep, the GPUs, the trend. Writes no file.
 */
@org.apiguardian.api.API(status = org.apiguardian.api.API.Status.INTERNAL)
@org.jspecify.annotations.NullMarked
package dev.llmload.report.picture;
