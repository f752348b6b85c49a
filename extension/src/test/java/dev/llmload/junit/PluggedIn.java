package dev.llmload.junit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** A class path with services on it, which the thread has until this is closed. */
public final class PluggedIn implements AutoCloseable {
    private final Path folder;
    private final ClassLoader before = Thread.currentThread().getContextClassLoader();
    private final URLClassLoader loader;

    private PluggedIn(Path folder) throws MalformedURLException {
        this.folder = folder;
        this.loader = new URLClassLoader(new URL[] {folder.toUri().toURL()}, PluggedIn.class.getClassLoader());
        Thread.currentThread().setContextClassLoader(loader);
    }

    /** With one service. */
    public static <T> PluggedIn of(Path folder, Class<T> type, Class<? extends T> implementation) {
        return of(folder, type, implementation.getName());
    }

    /** With one service, by name. */
    public static PluggedIn of(Path folder, Class<?> type, String implementation) {
        try {
            return new PluggedIn(folder).and(type, implementation);
        } catch (MalformedURLException e) {
            throw new UncheckedIOException(e);
        }
    }

    public <T> PluggedIn and(Class<T> type, Class<? extends T> implementation) {
        return and(type, implementation.getName());
    }

    PluggedIn and(Class<?> type, String implementation) {
        try {
            Path file = folder.resolve("META-INF/services").resolve(type.getName());
            Files.createDirectories(file.getParent());
            Files.writeString(file, implementation + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        Thread.currentThread().setContextClassLoader(before);
        try {
            loader.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
