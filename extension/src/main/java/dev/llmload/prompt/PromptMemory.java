package dev.llmload.prompt;

import java.io.IOException;
import java.lang.ref.SoftReference;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Files that this JVM has checked: a test plan checks them first, then each test that uses them, and a large one should be
 * read through once. A file that changed is another one. Safe for use by any thread.
 */
final class PromptMemory {
    private static final int MOST = 16;
    private static final Map<Object, SoftReference<Part>> PARTS = new LinkedHashMap<>(MOST, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Object, SoftReference<Part>> eldest) {
            return size() > MOST;
        }
    };

    private PromptMemory() {}

    private record Key(String spec, Path file, long size, FileTime changed) {}

    private record Plugged(String spec, String provider, int loader) {}

    static Part of(RecordSource source, Supplier<Part> read) {
        return key(source).map(key -> of(key, read)).orElseGet(read);
    }

    /** The same of a source that is no file: what was read when the test plan was checked is what is sent. */
    static Part of(String spec, Class<?> provider, Supplier<Part> read) {
        return of(new Plugged(spec, provider.getName(), System.identityHashCode(provider.getClassLoader())), read);
    }

    private static Part of(Object key, Supplier<Part> read) {
        synchronized (PARTS) {
            SoftReference<Part> known = PARTS.get(key);
            Part part = known == null ? null : known.get();
            if (part == null) {
                part = read.get();
                PARTS.put(key, new SoftReference<>(part));
            }
            return part;
        }
    }

    private static Optional<Key> key(RecordSource source) {
        if (!(source.content() instanceof Content.OnDisk disk)) {
            return Optional.empty();
        }
        try {
            Path file = disk.path().toAbsolutePath();
            return Optional.of(new Key(source.spec(), file, Files.size(file), Files.getLastModifiedTime(file)));
        } catch (IOException e) {
            return Optional.empty();
        }
    }
}
