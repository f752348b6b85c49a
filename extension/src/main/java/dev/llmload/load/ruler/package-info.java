/**
 * How wrong the client's own numbers are: a server within the process that knows when it wrote each token, small streams from
 * it beside every level, and a calibration once per JVM.
 */
@org.apiguardian.api.API(status = org.apiguardian.api.API.Status.INTERNAL)
@org.jspecify.annotations.NullMarked
package dev.llmload.load.ruler;
