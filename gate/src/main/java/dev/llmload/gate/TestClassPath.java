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
     * @throws UsageException for an entry that does not exist, which a JVM would leave out silently
     */
    static ClassLoader loader(String[] args, ClassLoader own) {
        List<Path> entries = new ArrayList<>();
        for (int i = 0; i < args.length; i++) {
            if (args[i].startsWith(OPTION + "=")) {
                entries.addAll(entries(args[i].substring(OPTION.length() + 1)));
            } else if (args[i].equals(OPTION) && i + 1 < args.length) {
                entries.addAll(entries(args[++i]));
            }
        }
        if (entries.isEmpty()) {
            return own;
        }
        entries.add(Path.of(ownLocation()));
        // The JDK alone above it: what the gate's JVM was started with must not come before the load tests' own
        // libraries.
        return new URLClassLoader(
                entries.stream().map(TestClassPath::url).toArray(URL[]::new), ClassLoader.getPlatformClassLoader());
    }

    private static List<Path> entries(String classPath) {
        List<Path> found = new ArrayList<>();
        for (String entry : classPath.split(File.pathSeparator)) {
            if (entry.equals("*") || entry.endsWith("/*") || entry.endsWith(File.separator + "*")) {
                found.addAll(jars(existing(entry.equals("*") ? "." : entry.substring(0, entry.length() - 2))));
            } else if (!entry.isEmpty()) {
                found.add(existing(entry));
            }
        }
        return found;
    }

    private static Path existing(String entry) {
        Path path = Path.of(entry);
        if (!Files.exists(path)) {
            throw new UsageException(OPTION + ": there is no " + entry + " in "
                    + Path.of("").toAbsolutePath() + "; the tests must be compiled before");
        }
        return path;
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
