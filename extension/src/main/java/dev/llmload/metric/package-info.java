/**
 * Recorders and what is made of their records: exact values, histograms, windows, timelines, validity checks. Reads
 * no clock and knows no network.
 */
@org.apiguardian.api.API(status = org.apiguardian.api.API.Status.INTERNAL)
@org.jspecify.annotations.NullMarked
package dev.llmload.metric;
