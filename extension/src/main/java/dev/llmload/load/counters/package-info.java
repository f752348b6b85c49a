/**
 * The server's own counters before and after a level: which page has them, whose they are, what they add up to.
 * While load is offered, one thread of its own reads that page once a second.
 */
@org.apiguardian.api.API(status = org.apiguardian.api.API.Status.INTERNAL)
@org.jspecify.annotations.NullMarked
package dev.llmload.load.counters;
