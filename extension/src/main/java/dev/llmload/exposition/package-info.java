/**
 * Prometheus and OpenMetrics text: the one reader, which makes samples with name, labels and value of a page, the escapes of
 * all that is written, and a page as engines write it. It asks nobody for a page, and knows neither engines nor GPUs.
 */
@org.apiguardian.api.API(status = org.apiguardian.api.API.Status.INTERNAL)
@org.jspecify.annotations.NullMarked
package dev.llmload.exposition;
