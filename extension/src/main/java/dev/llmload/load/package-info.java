/**
 * Offers the load: pre-flight, warm-up, closed and open loop, the Vert.x client and recording on the event loop. Judges
 * nothing and prints nothing.
 */
@org.apiguardian.api.API(status = org.apiguardian.api.API.Status.INTERNAL)
@org.jspecify.annotations.NullMarked
package dev.llmload.load;
