/**
 * A small SVG writer: axes, ticks, lines, text as text, one house style. Knows nothing of load tests and no other
 * package of the product.
 */
@org.apiguardian.api.API(status = org.apiguardian.api.API.Status.INTERNAL)
@org.jspecify.annotations.NullMarked
package dev.llmload.report.chart;
