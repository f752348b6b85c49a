package dev.llmload.junit.declared;

import dev.llmload.config.Key;
import dev.llmload.config.Services;
import dev.llmload.junit.Api;
import dev.llmload.junit.LlmRequest;
import dev.llmload.load.RequestSettings;
import dev.llmload.prompt.PromptSettings;
import dev.llmload.prompt.Prompts;
import dev.llmload.prompt.hub.Hub;
import dev.llmload.protocol.RequestBodies;
import dev.llmload.report.console.ProgressPrinter;
import dev.llmload.spi.PromptSourceProvider;
import java.lang.reflect.Method;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Resolves what is asked: {@link LlmRequest} and the keys of its members. Its headers go with the endpoint. */
final class RequestResolver {
    private static final String REQUEST = "@LlmRequest";

    private final Settings settings;
    private final RequestMembers members;
    private final ClassLoader loader;

    RequestResolver(Settings settings, Method method, List<Class<?>> classesInnermostFirst) {
        this.settings = settings;
        this.members = new RequestMembers(method, classesInnermostFirst);
        this.loader = classesInnermostFirst.get(0).getClassLoader();
    }

    LoadTestSpec.Request resolve() {
        return new LoadTestSpec.Request(
                prompts(),
                settings.choice(Key.REUSE, members.reuse(), REQUEST),
                settings.value(Key.SEED, Long.toString(members.seed()), REQUEST, 0L, NumberReader::wholeNumber),
                request());
    }

    private Prompts prompts() {
        return settings.value(
                Key.PROMPTS,
                members.prompts(),
                REQUEST,
                Prompts.load("builtin:chat", getClass().getClassLoader()),
                spec -> Prompts.load(spec, promptSettings()));
    }

    private PromptSettings promptSettings() {
        Services<PromptSourceProvider> plugged = Services.of(PromptSourceProvider.class, loader);
        return new PromptSettings(loader, hub(), plugged.found(), plugged.problems());
    }

    private Hub hub() {
        return new Hub(
                URI.create(settings.text(Key.HF_URL)),
                Optional.of(settings.text(Key.HF_CACHE))
                        .filter(folder -> !folder.isBlank())
                        .map(Path::of)
                        .orElseGet(Hub::standardCache),
                settings.configuration().environmentVariable("HF_TOKEN").orElse(""),
                sentence -> ProgressPrinter.forConsole().print("[llm-load] " + sentence));
    }

    private RequestSettings request() {
        RequestSettings request = new RequestSettings(
                settings.wholeNumber(Key.MAX_TOKENS, members.maxTokens(), REQUEST, 1),
                settings.value(
                        Key.TEMPERATURE,
                        Double.toString(members.temperature()),
                        REQUEST,
                        Double.NaN,
                        RequestResolver::temperature),
                settings.value(Key.EXTRA_BODY, members.extraBody(), REQUEST, "", String::strip));
        // The request writer knows what an extra body may be: it is asked once, here, with nothing sent.
        settings.mistakes()
                .collect(
                        "`extraBody`",
                        "",
                        () -> new RequestBodies(Api.CHAT, "model", 1, Double.NaN, request.extraBody()).toString());
        return request;
    }

    private static double temperature(String text) {
        double number = NumberReader.number(text);
        if (number < 0 || number > 2) {
            throw new IllegalArgumentException("must be from 0 to 2, or NaN to leave it out, but was " + text);
        }
        return number;
    }
}
