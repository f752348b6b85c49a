/**
 * The server's own counters before and after a level: which page has them, whose they are, what they add up to.
 * Reads nothing while load is offered.
 */
@org.jspecify.annotations.NullMarked
package dev.llmload.load.counters;
