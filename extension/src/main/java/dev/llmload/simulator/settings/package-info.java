/**
 * What can be set on the simulator, apart from its engine and GPU: timing, lengths, faults and the shape of answers, each
 * checked where it is made. Knows the kinds of faults alone.
 */
@org.apiguardian.api.API(status = org.apiguardian.api.API.Status.INTERNAL)
@org.jspecify.annotations.NullMarked
package dev.llmload.simulator.settings;
