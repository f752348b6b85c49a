package dev.llmload.gate;

import java.io.File;
import java.io.IOException;
import java.net.MalformedURLException;
import java.net.URI;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * The class path of the load tests, where it is given as {@code --class-path}: theirs are JUnit and the library as well, of
 * whichever version; only the gate itself comes from its own jar.
 */
final class TestClassPath {
    static final String OPTION = "--class-path";

    private TestClassPath() {}

    /**
     * A loader of the class path that the options name, or the given one if they name none.
     *
     * @param args the command line, {@code --class-path X} or {@code --class-path=X} in it
     * @param own the loader of the gate, whose JVM got its class path by {@code -cp}
     * @param say told which folders are left out because they do not exist, as a JVM does silently
     * @throws UsageException for a jar that does not exist, or if no folder or jar of the class path does
     */
    static ClassLoader loader(String[] args, ClassLoader own, Consumer<String> say) {
        List<String> entries = named(args);
        if (entries.isEmpty()) {
            return own;
        }
        List<Path> found = found(entries, say);
        found.add(Path.of(ownLocation()));
        // The JDK alone above it: what the gate's JVM was started with must not come before the load tests' own
        // libraries.
        return new URLClassLoader(
                found.stream().map(TestClassPath::url).toArray(URL[]::new), ClassLoader.getPlatformClassLoader());
    }

    private static List<String> named(String[] args) {
        List<String> entries = new ArrayList<>();
        for (int i = 0; i < args.length; i++) {
            if (args[i].startsWith(OPTION + "=")) {
                entries.addAll(entries(args[i].substring(OPTION.length() + 1)));
            } else if (args[i].equals(OPTION) && i + 1 < args.length) {
                entries.addAll(entries(args[++i]));
            }
        }
        return entries;
    }

    private static List<String> entries(String classPath) {
        return Stream.of(classPath.split(File.pathSeparator))
                .filter(entry -> !entry.isEmpty())
                .toList();
    }

    private static List<Path> found(List<String> entries, Consumer<String> say) {
        List<Path> found = new ArrayList<>();
        List<String> missing = new ArrayList<>();
        for (String entry : entries) {
            boolean jars = entry.equals("*") || entry.endsWith("/*") || entry.endsWith(File.separator + "*");
            Path path = Path.of(!jars ? entry : entry.equals("*") ? "." : entry.substring(0, entry.length() - 2));
            if (Files.exists(path)) {
                found.addAll(jars ? jars(path) : List.of(path));
            } else if (entry.endsWith(".jar")) {
                throw none(entry); // a library that the tests were compiled with
            } else {
                missing.add(entry);
            }
        }
        if (missing.size() == entries.size()) {
            throw none(String.join(", ", missing));
        }
        // Many a project has no classes beside its tests, or no resources.
        missing.forEach(entry -> say.accept(OPTION + ": there is no " + entry + " in " + here() + "; it is left out"));
        return found;
    }

    private static UsageException none(String entries) {
        return new UsageException(
                OPTION + ": there is no " + entries + " in " + here() + "; the tests must be compiled before");
    }

    private static Path here() {
        return Path.of("").toAbsolutePath();
    }

    private static List<Path> jars(Path folder) {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.toString().endsWith(".jar"))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UsageException(OPTION + ": " + folder + " cannot be listed: " + e);
        }
    }

    private static URL url(Path entry) {
        try {
            return entry.toUri().toURL();
        } catch (MalformedURLException e) {
            throw new UsageException(OPTION + ": " + entry + " is no file: " + e.getMessage());
        }
    }

    private static URI ownLocation() {
        return URI.create(TestClassPath.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .toString());
    }
}
