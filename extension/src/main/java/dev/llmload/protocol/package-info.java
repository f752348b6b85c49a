/**
 * The wire's words: request bodies, server-sent event decoding, chunk and usage parsing, failure kinds. Works on
 * bytes and instants that it is given; opens no connection and reads no clock.
 */
@org.apiguardian.api.API(status = org.apiguardian.api.API.Status.INTERNAL)
@org.jspecify.annotations.NullMarked
package dev.llmload.protocol;
