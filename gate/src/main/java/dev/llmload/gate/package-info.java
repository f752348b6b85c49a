/**
 * The command line: load tests as a release gate, on the JUnit Platform Launcher. Knows the front door and nothing behind
 * it; the only code that touches picocli.
 */
@org.apiguardian.api.API(status = org.apiguardian.api.API.Status.INTERNAL)
@org.jspecify.annotations.NullMarked
package dev.llmload.gate;
