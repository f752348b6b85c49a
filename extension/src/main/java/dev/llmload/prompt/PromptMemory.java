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
    private static final Map<Key, SoftReference<Part>> PARTS = new LinkedHashMap<>(MOST, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Key, SoftReference<Part>> eldest) {
            return size() > MOST;
        }
    };

    private PromptMemory() {}

    private record Key(String spec, Path file, long size, FileTime changed) {}

    static Part of(PromptSource source, Supplier<Part> read) {
        Optional<Key> key = key(source);
        if (key.isEmpty()) {
            return read.get();
        }
        synchronized (PARTS) {
            SoftReference<Part> known = PARTS.get(key.get());
            Part part = known == null ? null : known.get();
            if (part == null) {
                part = read.get();
                PARTS.put(key.get(), new SoftReference<>(part));
            }
            return part;
        }
    }

    private static Optional<Key> key(PromptSource source) {
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
