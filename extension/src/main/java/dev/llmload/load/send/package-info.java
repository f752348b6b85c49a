/** One request of a level: its instants, its event loop, the window that it belongs to, the check of its answer. */
@org.apiguardian.api.API(status = org.apiguardian.api.API.Status.INTERNAL)
@org.jspecify.annotations.NullMarked
package dev.llmload.load.send;
