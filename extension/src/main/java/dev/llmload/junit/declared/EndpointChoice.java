package dev.llmload.junit.declared;

import dev.llmload.load.wire.EndpointSettings;
import dev.llmload.simulator.SimulatorSettings;
import java.util.Optional;

/**
 * Which endpoint a load test uses.
 *
 * @param settings of the endpoint; with a place-holder URL for the simulator until it has started, and where the address
 *     is not known yet
 * @param simulator the simulator to start, if it was named
 * @param name of the endpoint, or empty
 * @param ofItsClass whether the test's class gives the address when it runs, so that it most likely starts the server, too
 * @param knownLater what only the running test knows of it, in words; empty if all is known
 */
public record EndpointChoice(
        EndpointSettings settings,
        Optional<SimulatorSettings> simulator,
        String name,
        boolean ofItsClass,
        Optional<String> knownLater) {}
