/**
 * The HTTP client: connections, requests, time stamps, limits of this machine. The only code besides the
 * simulator that touches Vert.x; knows nothing of users, schedules and levels.
 */
@org.apiguardian.api.API(status = org.apiguardian.api.API.Status.INTERNAL)
@org.jspecify.annotations.NullMarked
package dev.llmload.load.wire;
