package dev.llmload.junit;

import dev.llmload.load.EndpointSettings;
import dev.llmload.simulator.SimulatorSettings;
import java.util.Optional;

/**
 * Which endpoint a load test uses.
 *
 * @param settings of the endpoint; for the simulator with a place-holder URL until it has started
 * @param simulator the simulator to start, if it was named
 * @param name of the endpoint, or empty
 * @param apiKeyEnv name of the environment variable of the API key
 */
record EndpointChoice(
        EndpointSettings settings, Optional<SimulatorSettings> simulator, String name, String apiKeyEnv) {}
