package dev.llmload.prompt;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.FileSystemNotFoundException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;

/**
 * The bytes of a source, how to read them, and how to name it in a message.
 *
 * @param spec as the user wrote it
 * @param content its bytes
 * @param format what they hold
 * @param options what the user said about them
 * @param unit what a number in a message counts, for example {@code line}
 */
public record RecordSource(String spec, Content content, PromptFormat format, SourceOptions options, String unit) {
    private static final List<String> BUILT_IN = List.of("chat", "short", "long");
    private static final Set<String> OWN = Set.of("classpath", "file", "builtin");
    static final String SCHEMES =
            "expected classpath:/path/prompts.jsonl, file:path/prompts.txt, a plain path, builtin:"
                    + String.join(", builtin:", BUILT_IN) + ", hf:owner/name, or synthetic:input=512";

    /** Whether it is a path, or has one of the schemes that are read here. */
    static boolean isOwn(String spec) {
        Matcher matcher = PluggedPrompts.SCHEME.matcher(spec);
        return !matcher.matches() || OWN.contains(matcher.group(1));
    }

    static RecordSource open(String spec, ClassLoader loader) {
        if (spec.isEmpty()) {
            throw new IllegalArgumentException("no prompts named: " + SCHEMES);
        }
        int mark = spec.indexOf('?');
        String name = mark < 0 ? spec : spec.substring(0, mark);
        SourceOptions options = mark < 0 ? SourceOptions.NONE : SourceOptions.of(spec, spec.substring(mark + 1));
        try {
            return new Opening(spec, options, loader).of(name);
        } catch (IOException e) {
            throw new IllegalArgumentException("prompts \"" + spec + "\" could not be read: " + e, e);
        }
    }

    /** The refusal of one line, with its number. */
    public IllegalArgumentException refuse(long line, String problem) {
        return new IllegalArgumentException("prompts \"" + spec + "\", " + unit + " " + line + ": " + problem);
    }

    /** What finds the bytes. */
    private record Opening(String spec, SourceOptions options, ClassLoader loader) {
        RecordSource of(String name) throws IOException {
            Matcher matcher = PluggedPrompts.SCHEME.matcher(name);
            if (!matcher.matches()) {
                return file(name, name);
            }
            String rest = matcher.group(2);
            return switch (matcher.group(1)) {
                case "classpath" -> classpath(rest);
                case "file" -> file(name, rest);
                case "builtin" -> builtIn(rest);
                default -> throw new IllegalStateException("not one of " + OWN + ": " + name);
            };
        }

        private RecordSource source(String name, Content content) {
            PromptFormat format = PromptFormat.of(spec, name);
            if (format == PromptFormat.TEXT && !options.column().isEmpty()) {
                throw new IllegalArgumentException("prompts \"" + spec
                        + "\": a .txt has no columns: leave ?column= out, or name a .jsonl, .json or .csv");
            }
            return new RecordSource(spec, content, format, options, "line");
        }

        private RecordSource classpath(String rest) throws IOException {
            String resource = rest.replaceFirst("^/+", "");
            URL url = resource.isEmpty() ? null : loader.getResource(resource);
            if (url == null) {
                String hint = new File(resource).isFile()
                        ? "; a file of that path exists: write \"file:" + resource + "\""
                        : "; put it under src/test/resources/" + resource + " (" + SCHEMES + ")";
                throw new IllegalArgumentException("prompts \"" + spec
                        + "\" not found: the class path has no resource \"" + resource + "\"" + hint);
            }
            try {
                // A resource in a folder is a file, which need not fit in memory.
                Path path = Path.of(url.toURI());
                if (Files.isRegularFile(path)) {
                    return source(resource, Content.OnDisk.of(path));
                }
            } catch (URISyntaxException | IllegalArgumentException | FileSystemNotFoundException e) {
                // One in a jar is not.
            }
            try (InputStream in = url.openStream()) {
                return source(resource, new Content.InMemory(in.readAllBytes()));
            }
        }

        private RecordSource file(String name, String rest) throws IOException {
            Path path;
            try {
                path = rest.startsWith("//") ? Path.of(URI.create(name)) : Path.of(rest);
            } catch (IllegalArgumentException | FileSystemNotFoundException e) {
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
            return source(path.getFileName().toString(), Content.OnDisk.of(path));
        }

        private RecordSource builtIn(String name) {
            if (!BUILT_IN.contains(name)) {
                throw new IllegalArgumentException("prompts \"" + spec + "\": there is no built-in set \"" + name
                        + "\"; expected builtin:" + String.join(", builtin:", BUILT_IN));
            }
            String resource = name + ".jsonl";
            try (InputStream in = RecordSource.class.getResourceAsStream(resource)) {
                if (in == null) {
                    throw new IllegalStateException(resource + " is missing from the llm-load-junit jar");
                }
                return source(resource, new Content.InMemory(in.readAllBytes()));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
