package dev.llmload.junit.declared;

import dev.llmload.config.EndpointKeys;
import dev.llmload.config.Key;
import dev.llmload.config.Placeholders;
import dev.llmload.junit.Api;
import dev.llmload.junit.TokenCount;
import dev.llmload.load.wire.ApiKey;
import dev.llmload.load.wire.EndpointSettings;
import dev.llmload.load.wire.Timeouts;
import dev.llmload.protocol.ApiUrl;
import dev.llmload.result.text.Credentials;
import dev.llmload.result.text.Secrets;
import dev.llmload.simulator.SimulatorSettings;
import java.lang.reflect.Method;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.extension.ExtensionContext;

/** Resolves the endpoint of a load test: annotation members, keys, and the simulator where it is named. */
final class EndpointResolver {
    private static final String ENDPOINT = "@LlmEndpoint";
    private static final String HEADERS = "`headers` of @LlmRequest";
    private static final ApiUrl NOWHERE = ApiUrl.parse("http://127.0.0.1");
    private static final String NONE =
            "no endpoint is configured: set -Dllmload.url=http://host:8000 (or the environment "
                    + "variable LLMLOAD_URL, or @LlmEndpoint(url = …)); to try it without a server: -Dllmload.url=simulator";

    private final Settings settings;
    private final EndpointMembers members;
    private final boolean isNamedWell;
    private final RequestMembers request;
    private final Method method;
    private final List<Class<?>> classes;

    /**
     * Of one test.
     *
     * @param settings early ones before its first invocation: then what is not set yet is no mistake
     */
    EndpointResolver(Settings settings, Method method, List<Class<?>> classesInnermostFirst) {
        this.members = new EndpointMembers(method, classesInnermostFirst);
        Optional<EndpointKeys> keys = settings.mistakes()
                .collect("`name` of " + ENDPOINT, Optional.empty(), () -> Optional.of(EndpointKeys.of(members.name())));
        this.settings = settings.of(keys.orElse(EndpointKeys.UNNAMED));
        this.isNamedWell = keys.isPresent();
        this.request = new RequestMembers(method, classesInnermostFirst);
        this.method = method;
        this.classes = classesInnermostFirst;
    }

    /**
     * The endpoint.
     *
     * @param invocation the one that is about to begin; empty before there is any
     */
    EndpointChoice resolve(Optional<ExtensionContext> invocation) {
        Optional<String> url = address(invocation);
        String model = settings.value(Key.MODEL, members.model(), ENDPOINT, "", text -> text);
        Optional<SimulatorSettings> simulator =
                url.filter(SimulatorSettings::isSimulator).map(text -> simulator(text, model));
        String apiKeyEnv =
                settings.value(Key.API_KEY_ENV, members.apiKeyEnv(), ENDPOINT, "", EndpointResolver::variable);
        ApiUrl address = simulator.isPresent() || url.isEmpty() ? NOWHERE : parsed(url.get());
        Api api = settings.choice(Key.API, members.api(), ENDPOINT);
        String apiKey = settings.configuration().environmentVariable(apiKeyEnv).orElse("");
        Map<String, String> headers = headers();
        TokenCount tokenCount = settings.choice(Key.TOKEN_COUNT, members.tokenCount(), ENDPOINT);
        Secrets secrets = KnownSecrets.of(
                settings.configuration(),
                request.headers(),
                settings.set(Key.EXTRA_BODY).orElse(request.extraBody()));
        Timeouts timeouts = new Timeouts(
                settings.duration(Key.TIMEOUT_CONNECT, members.connectTimeout(), ENDPOINT),
                settings.duration(Key.TIMEOUT_FIRST_TOKEN, members.firstTokenTimeout(), ENDPOINT),
                settings.duration(Key.TIMEOUT_STALL, members.stallTimeout(), ENDPOINT),
                settings.duration(Key.TIMEOUT_TOTAL, members.totalTimeout(), ENDPOINT));
        int head = settings.wholeNumber(Key.MAX_RESPONSE_HEAD, EndpointSettings.MAX_RESPONSE_HEAD, "", 1024);
        EndpointSettings endpoint = settings.mistakes()
                .collect(
                        "environment variable `" + apiKeyEnv + "`, or " + HEADERS,
                        new EndpointSettings(
                                address,
                                model,
                                api,
                                new ApiKey(apiKeyEnv, ""),
                                Map.of(),
                                tokenCount,
                                timeouts,
                                head,
                                secrets),
                        () -> new EndpointSettings(
                                address,
                                model,
                                api,
                                new ApiKey(apiKeyEnv, apiKey),
                                headers,
                                tokenCount,
                                timeouts,
                                head,
                                secrets));
        List<String> later = settings.mistakes().unknown();
        return new EndpointChoice(
                endpoint,
                simulator,
                members.name(),
                isOfItsClass(),
                later.isEmpty() ? Optional.empty() : Optional.of(String.join("; ", later)));
    }

    private boolean isOfItsClass() {
        return settings.set(Key.URL).isEmpty()
                && settings.mistakes()
                                .collect(
                                        "",
                                        new EndpointAddress.Text(""),
                                        new EndpointAddresses(method, classes, members.name())::nearest)
                        instanceof EndpointAddress.Late;
    }

    // Empty if there is none, which is noted as a mistake, or as known later.
    private Optional<String> address(Optional<ExtensionContext> invocation) {
        EndpointAddresses declared = new EndpointAddresses(method, classes, members.name());
        EndpointAddress nearest = settings.mistakes().collect("", new EndpointAddress.Text(""), declared::nearest);
        if (nearest instanceof EndpointAddress.Late late) {
            boolean fine = settings.mistakes().collect(late.words(), false, () -> {
                late.check();
                return true;
            });
            if (settings.set(Key.URL).isEmpty()) {
                return fine ? late(late, invocation) : Optional.empty();
            }
        }
        String annotated = nearest instanceof EndpointAddress.Text text ? text.url() : "";
        Optional<String> url = settings.value(Key.URL, annotated, ENDPOINT, Optional.empty(), Optional::of);
        if (url.filter(String::isBlank).isPresent() && isNamedWell) {
            missing(settings.name(Key.URL), declared.names());
        }
        return url.filter(text -> !text.isBlank());
    }

    private Optional<String> late(EndpointAddress.Late address, Optional<ExtensionContext> invocation) {
        if (invocation.isEmpty()) {
            settings.mistakes().unknown(address.words());
        }
        return invocation.flatMap(context -> settings.mistakes()
                .collect(address.words(), Optional.empty(), () -> Optional.of(address.url(context))));
    }

    private void missing(String key, List<String> namesOfSources) {
        if (settings.mistakes().isEarly() && UserCode.runsBefore(method, classes.get(0))) {
            settings.mistakes().unknown("key `" + key + "`, which is not set yet");
            return;
        }
        String others = namesOfSources.isEmpty()
                ? ""
                : "; the @LlmEndpointSource of its class belongs to another endpoint, named "
                        + String.join(
                                ", ",
                                namesOfSources.stream()
                                        .map(name -> "`" + name + "`")
                                        .toList());
        settings.mistakes()
                .add(NONE.replace(Key.PREFIX + "url", key).replace("LLMLOAD_URL", Key.environmentVariable(key))
                        + others);
    }

    // A test written for a real model runs unchanged against the simulator.
    private SimulatorSettings simulator(String url, String model) {
        SimulatorSettings parsed = settings.mistakes()
                .collect("", SimulatorSettings.parse("simulator"), () -> SimulatorSettings.parse(url));
        return model.isBlank() ? parsed : parsed.withModel(model);
    }

    private ApiUrl parsed(String url) {
        String origin =
                settings.set(Key.URL).isPresent() ? "key `" + settings.name(Key.URL) + "`" : "`url` of " + ENDPOINT;
        return settings.mistakes().collect(origin, NOWHERE, () -> ApiUrl.parse(url));
    }

    private Map<String, String> headers() {
        Map<String, String> headers = new LinkedHashMap<>();
        for (String header : request.headers()) {
            String resolved = settings.mistakes()
                    .collect(HEADERS, "Name: value", () -> Placeholders.resolve(header, settings.configuration()));
            int colon = resolved.indexOf(':');
            if (colon < 1 || resolved.indexOf('\n') >= 0 || resolved.indexOf('\r') >= 0) {
                // The text itself may be a secret: only the part before the first space is quoted.
                settings.mistakes()
                        .add(HEADERS + " must each be \"Name: value\", but one was not: it starts with `"
                                + resolved.strip().split("[\\s:=]", 2)[0] + "`");
            } else {
                headers.put(
                        resolved.substring(0, colon).strip(),
                        resolved.substring(colon + 1).strip());
            }
        }
        return headers;
    }

    // What is set may be the key itself, so it is not quoted.
    private static String variable(String name) {
        String word = name.strip();
        if (word.isEmpty()) {
            throw new IllegalArgumentException("must name an environment variable, but was empty");
        }
        boolean capitals = word.equals(word.toUpperCase(Locale.ROOT));
        if (!word.matches("[A-Za-z_][A-Za-z0-9_.]*") || !capitals && Credentials.isValue(word)) {
            throw new IllegalArgumentException(
                    "must be the name of an environment variable (letters, digits and _), but is"
                            + " something else, perhaps the key itself: put the key into a variable and name that");
        }
        return word;
    }
}
