/**
 * The one reader of Prometheus and OpenMetrics text: a page becomes samples with name, labels and value. It asks nobody for
 * a page, and knows neither engines nor GPUs.
 */
@org.apiguardian.api.API(status = org.apiguardian.api.API.Status.INTERNAL)
@org.jspecify.annotations.NullMarked
package dev.llmload.exposition;
