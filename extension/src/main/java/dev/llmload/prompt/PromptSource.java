package dev.llmload.prompt;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The bytes of a source, and how to name it in a message.
 *
 * @param spec as the user wrote it
 * @param name the last part of its path, whose ending says the form
 * @param bytes its content
 */
record PromptSource(String spec, String name, byte[] bytes) {
    private static final List<String> BUILT_IN = List.of("chat", "short", "long");
    // Two letters at least: "C:\prompts.txt" is a path.
    private static final Pattern SCHEME = Pattern.compile("([A-Za-z][A-Za-z0-9+.-]+):(.*)", Pattern.DOTALL);
    private static final String SCHEMES =
            "expected classpath:/path/prompts.jsonl, file:path/prompts.txt, a plain path, or builtin:"
                    + String.join(", builtin:", BUILT_IN);

    static PromptSource open(String spec, ClassLoader loader) {
        if (spec.isEmpty()) {
            throw new IllegalArgumentException("no prompts named: " + SCHEMES);
        }
        Matcher matcher = SCHEME.matcher(spec);
        if (!matcher.matches()) {
            return file(spec, spec, loader);
        }
        String rest = matcher.group(2);
        return switch (matcher.group(1)) {
            case "classpath" -> classpath(spec, rest, loader);
            case "file" -> file(spec, rest, loader);
            case "builtin" -> builtIn(spec, rest);
            default ->
                throw new IllegalArgumentException(
                        "prompts \"" + spec + "\": unknown scheme \"" + matcher.group(1) + ":\"; " + SCHEMES);
        };
    }

    private static PromptSource classpath(String spec, String rest, ClassLoader loader) {
        String resource = rest.replaceFirst("^/+", "");
        try (InputStream in = loader.getResourceAsStream(resource)) {
            if (in == null || resource.isEmpty()) {
                String hint = new File(resource).isFile()
                        ? "; a file of that path exists: write \"file:" + resource + "\""
                        : "; put it under src/test/resources/" + resource + " (" + SCHEMES + ")";
                throw new IllegalArgumentException("prompts \"" + spec
                        + "\" not found: the class path has no resource \"" + resource + "\"" + hint);
            }
            return new PromptSource(spec, resource, in.readAllBytes());
        } catch (IOException e) {
            throw new IllegalArgumentException("prompts \"" + spec + "\" could not be read: " + e.getMessage(), e);
        }
    }

    private static PromptSource file(String spec, String rest, ClassLoader loader) {
        Path path;
        try {
            path = rest.startsWith("//") ? Path.of(URI.create(spec)) : Path.of(rest);
        } catch (InvalidPathException | IllegalStateException e) {
            throw new IllegalArgumentException("prompts \"" + spec + "\" is not a path: " + e.getMessage(), e);
        }
        if (Files.isDirectory(path)) {
            throw new IllegalArgumentException("prompts \"" + spec + "\" not found: a folder, not a file, is at "
                    + path.toAbsolutePath() + "; name one of its files");
        }
        if (!Files.isRegularFile(path)) {
            String hint = loader.getResource(rest.replaceFirst("^/+", "")) != null
                    ? "; the class path has one: write \"classpath:/" + rest.replaceFirst("^/+", "") + "\""
                    : "; " + SCHEMES;
            throw new IllegalArgumentException(
                    "prompts \"" + spec + "\" not found: no file " + path.toAbsolutePath() + hint);
        }
        try {
            return new PromptSource(spec, path.getFileName().toString(), Files.readAllBytes(path));
        } catch (IOException e) {
            throw new IllegalArgumentException(
                    "prompts \"" + spec + "\": " + path.toAbsolutePath() + " could not be read: " + e, e);
        }
    }

    private static PromptSource builtIn(String spec, String name) {
        if (!BUILT_IN.contains(name)) {
            throw new IllegalArgumentException("prompts \"" + spec + "\": there is no built-in set \"" + name + "\"; "
                    + "expected builtin:" + String.join(", builtin:", BUILT_IN));
        }
        String resource = name + ".jsonl";
        try (InputStream in = PromptSource.class.getResourceAsStream(resource)) {
            if (in == null) {
                throw new IllegalStateException(resource + " is missing from the llm-load-junit jar");
            }
            return new PromptSource(spec, resource, in.readAllBytes());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The refusal of one line, with its number. */
    IllegalArgumentException refuse(int line, String problem) {
        return new IllegalArgumentException("prompts \"" + spec + "\", line " + line + ": " + problem);
    }
}
