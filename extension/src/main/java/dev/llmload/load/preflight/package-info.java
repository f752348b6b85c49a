/**
 * What is found out about an endpoint before any load: whether it answers, with which API and model, and what to
 * change if it does not. Sends single requests only.
 */
@org.apiguardian.api.API(status = org.apiguardian.api.API.Status.INTERNAL)
@org.jspecify.annotations.NullMarked
package dev.llmload.load.preflight;
