package dev.llmload.junit;

import dev.llmload.config.Key;
import dev.llmload.config.Placeholders;
import dev.llmload.load.EndpointSettings;
import dev.llmload.load.Timeouts;
import dev.llmload.openai.ApiUrl;
import dev.llmload.simulator.SimulatorSettings;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Resolves the endpoint of a load test: annotation members, keys, and the simulator where it is named. */
final class EndpointResolver {
    private static final String ENDPOINT = "@LlmEndpoint";
    private static final String NONE =
            "no endpoint is configured: set -Dllmload.url=http://host:8000 (or the environment "
                    + "variable LLMLOAD_URL, or @LlmEndpoint(url = …)); to try it without a server: -Dllmload.url=simulator";

    private final Settings settings;
    private final EndpointMembers members;

    EndpointResolver(Settings settings, EndpointMembers members) {
        this.settings = settings;
        this.members = members;
    }

    EndpointChoice resolve() {
        String name = members.name();
        String prefix = name.isEmpty() ? Key.PREFIX : Key.PREFIX + name + ".";
        String url = settings.text(prefix + "url", members.url(), "`url` of " + ENDPOINT);
        String model = settings.text(prefix + "model", members.model(), "`model` of " + ENDPOINT);
        boolean simulated = SimulatorSettings.isSimulator(url);
        Optional<SimulatorSettings> simulator = simulated ? Optional.of(simulator(url, model)) : Optional.empty();
        String apiKeyEnv = settings.value(Key.API_KEY_ENV, members.apiKeyEnv(), ENDPOINT, "", EndpointResolver::word);
        EndpointSettings endpoint = new EndpointSettings(
                simulated ? ApiUrl.parse("http://127.0.0.1") : url(url, prefix),
                model,
                settings.choice(Key.API, members.api(), ENDPOINT),
                settings.configuration().environmentVariable(apiKeyEnv).orElse(""),
                headers(),
                settings.choice(Key.TOKEN_COUNT, members.tokenCount(), ENDPOINT),
                new Timeouts(
                        settings.duration(Key.TIMEOUT_CONNECT, members.connectTimeout(), ENDPOINT),
                        settings.duration(Key.TIMEOUT_FIRST_TOKEN, members.firstTokenTimeout(), ENDPOINT),
                        settings.duration(Key.TIMEOUT_STALL, members.stallTimeout(), ENDPOINT),
                        settings.duration(Key.TIMEOUT_TOTAL, members.totalTimeout(), ENDPOINT)),
                settings.wholeNumber(Key.MAX_RESPONSE_HEAD, EndpointSettings.MAX_RESPONSE_HEAD, "", 1024));
        return new EndpointChoice(endpoint, simulator, name, apiKeyEnv);
    }

    // A test written for a real model runs unchanged against the simulator.
    private SimulatorSettings simulator(String url, String model) {
        SimulatorSettings parsed = settings.mistakes()
                .collect("", SimulatorSettings.parse("simulator"), () -> SimulatorSettings.parse(url));
        return model.isBlank() ? parsed : parsed.withModel(model);
    }

    private ApiUrl url(String url, String prefix) {
        ApiUrl placeholder = ApiUrl.parse("http://127.0.0.1");
        if (url.isBlank()) {
            settings.mistakes()
                    .add(prefix.equals(Key.PREFIX) ? NONE : NONE.replace(Key.PREFIX + "url", prefix + "url"));
            return placeholder;
        }
        String origin = settings.configuration().get(prefix + "url").isPresent()
                ? "key `" + prefix + "url`"
                : "`url` of " + ENDPOINT;
        return settings.mistakes().collect(origin, placeholder, () -> ApiUrl.parse(url));
    }

    private Map<String, String> headers() {
        Map<String, String> headers = new LinkedHashMap<>();
        for (String header : members.headers()) {
            String resolved = settings.mistakes()
                    .collect(
                            "`headers` of " + ENDPOINT,
                            "Name: value",
                            () -> Placeholders.resolve(header, settings.configuration()));
            int colon = resolved.indexOf(':');
            if (colon < 1 || resolved.indexOf('\n') >= 0 || resolved.indexOf('\r') >= 0) {
                // The text itself may be a secret: only the part before the first space is quoted.
                settings.mistakes()
                        .add("`headers` of " + ENDPOINT
                                + " must each be \"Name: value\", but one was not: it starts with `"
                                + resolved.strip().split("[\\s:=]", 2)[0] + "`");
            } else {
                headers.put(
                        resolved.substring(0, colon).strip(),
                        resolved.substring(colon + 1).strip());
            }
        }
        return headers;
    }

    private static String word(String name) {
        if (name.isBlank()) {
            throw new IllegalArgumentException("must name an environment variable, but was empty");
        }
        return name.strip();
    }
}
