package dev.llmload.prompt;

import dev.llmload.result.ChatMessage;
import dev.llmload.result.text.Printable;
import dev.llmload.spi.PromptSource;
import dev.llmload.spi.PromptSourceProvider;
import dev.llmload.spi.SourcePrompt;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Prompts of a {@link PromptSourceProvider}: reads them through once, and keeps them. */
final class PluggedPrompts {
    /** Two letters at least: {@code C:\prompts.txt} is a path. */
    static final Pattern SCHEME = Pattern.compile("([A-Za-z][A-Za-z0-9+.-]+):(.*)", Pattern.DOTALL);

    private PluggedPrompts() {}

    /** The provider of a source's scheme. */
    static Optional<PromptSourceProvider> of(String spec, List<PromptSourceProvider> providers) {
        Matcher matcher = SCHEME.matcher(spec);
        return matcher.matches()
                ? providers.stream()
                        .filter(provider -> matcher.group(1).equals(provider.scheme()))
                        .findFirst()
                : Optional.empty();
    }

    /**
     * Reads a source.
     *
     * @throws IllegalArgumentException if it cannot be read, or is not what the provider expects; the message names the
     *     provider
     */
    static Part read(String spec, PromptSourceProvider provider) {
        return PromptMemory.of(spec, provider.getClass(), () -> readThrough(spec, provider));
    }

    private static Part readThrough(String spec, PromptSourceProvider provider) {
        try (PromptSource source = provider.open(spec.substring(spec.indexOf(':') + 1));
                Stream<SourcePrompt> prompts = source.prompts()) {
            return part(spec, prompts.iterator(), source);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "prompts \"" + spec + "\": " + Printable.line(String.valueOf(e.getMessage())), e);
        } catch (IOException | RuntimeException | LinkageError e) {
            throw new IllegalArgumentException(
                    "prompts \"" + spec + "\" could not be read by "
                            + provider.getClass().getName() + ": " + Printable.line(e.toString()),
                    e);
        }
    }

    private static Part part(String spec, Iterator<SourcePrompt> prompts, PromptSource source) {
        List<Prompt> all = new ArrayList<>();
        Measures.Builder measures = new Measures.Builder();
        while (prompts.hasNext()) {
            SourcePrompt each = prompts.next();
            refuseBlank(each, all.size());
            Optional<OutputLength> length = each.maxTokens().isPresent()
                    ? Optional.of(new OutputLength(each.maxTokens().getAsInt(), false))
                    : Optional.empty();
            Prompt prompt = new Prompt(all.size(), each.messages(), length);
            measures.add(prompt);
            all.add(prompt);
        }
        if (all.isEmpty()) {
            throw new IllegalArgumentException("there must be at least one prompt, but it has none");
        }
        long[] identities =
                all.stream().mapToLong(prompt -> Identity.of(prompt.messages())).toArray();
        List<String> notes = source.notes().stream()
                .map(note -> spec + ": " + Printable.line(note))
                .toList();
        return new Part(spec, 1, new PromptStore.Listed(List.copyOf(all), identities), measures.build(), notes);
    }

    private static void refuseBlank(SourcePrompt prompt, int index) {
        if (prompt.messages().stream().map(ChatMessage::content).allMatch(String::isBlank)) {
            throw new IllegalArgumentException("prompt " + index + " (from 0) must have a text, but is blank");
        }
    }

    /** The refusal of a scheme that nobody knows. */
    static IllegalArgumentException unknown(String spec, PromptSettings settings) {
        String others = settings.providers().stream()
                .map(each -> ", or " + each.scheme() + ":… (" + each.getClass().getName() + ")")
                .collect(Collectors.joining());
        String broken = settings.problems().isEmpty()
                ? ""
                : "; a source that is plugged in could not be loaded: " + String.join("; ", settings.problems());
        return new IllegalArgumentException("prompts \"" + spec + "\": unknown scheme \""
                + spec.substring(0, spec.indexOf(':') + 1) + "\"; " + RecordSource.SCHEMES + others + broken);
    }
}
