/**
 * The one reader of Prometheus and OpenMetrics text: a page becomes samples with name, labels and value. It asks nobody for
 * a page, and knows neither engines nor GPUs.
 */
@org.jspecify.annotations.NullMarked
package dev.llmload.exposition;
