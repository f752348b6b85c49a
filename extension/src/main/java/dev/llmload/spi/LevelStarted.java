package dev.llmload.spi;

import dev.llmload.result.Level;
import org.apiguardian.api.API;

/**
 * A level that begins. Immutable.
 *
 * @param test id of the test
 * @param level which level
 * @param run which of its runs, from 1
 * @param runs how many there will be at most, at least 1
 * @since 0.1
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.1")
public record LevelStarted(String test, Level level, int run, int runs) {}
