package dev.llmload.gpu.nvml;

import com.sun.jna.Function;
import com.sun.jna.NativeLibrary;
import com.sun.jna.Platform;
import dev.llmload.spi.TelemetryUnavailableException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The shared library. Symbols are looked up when they are first called, with the suffix of their version: the C header
 * renames {@code nvmlInit} to {@code nvmlInit_v2}, and the name without suffix is another function. Used by one thread
 * at a time.
 */
final class NvmlLibrary {
    private final NativeLibrary library;
    private final Map<String, Optional<Function>> functions = new HashMap<>();

    private NvmlLibrary(NativeLibrary library) {
        this.library = library;
    }

    /**
     * Loads it.
     *
     * @param path a name or a path; empty for the places where drivers put it
     */
    static NvmlLibrary load(String path) throws TelemetryUnavailableException {
        List<String> names = path.isEmpty() ? places() : List.of(path);
        UnsatisfiedLinkError first = null;
        for (String name : names) {
            try {
                return new NvmlLibrary(NativeLibrary.getInstance(name));
            } catch (UnsatisfiedLinkError e) {
                first = first == null ? e : first;
            }
        }
        if (path.isEmpty()) {
            throw new TelemetryUnavailableException(NvmlCode.NO_LIBRARY + "; tried " + String.join(", ", names));
        }
        throw new TelemetryUnavailableException(
                "cannot load \"" + path + "\" as NVIDIA's management library: " + firstLine(first));
    }

    /** Where drivers put it, most likely first. The name without a version exists only with development packages. */
    private static List<String> places() {
        if (!Platform.isWindows()) {
            return List.of("libnvidia-ml.so.1", "nvidia-ml", "/usr/lib/wsl/lib/libnvidia-ml.so.1");
        }
        List<String> names = new ArrayList<>(List.of("nvml"));
        String programs = System.getenv("ProgramW6432");
        if (programs != null) {
            names.add(programs + "\\NVIDIA Corporation\\NVSMI\\nvml.dll");
        }
        return names;
    }

    /** The file that was loaded. */
    String file() {
        return library.getFile() == null ? library.getName() : library.getFile().getPath();
    }

    /** Calls a function; its code, or that of a missing function. */
    int code(String symbol, Object... arguments) {
        Optional<Function> function = functions.computeIfAbsent(symbol, this::find);
        return function.isPresent() ? function.get().invokeInt(arguments) : NvmlCode.FUNCTION_NOT_FOUND;
    }

    /** Calls a function that has to succeed. */
    void call(String symbol, Object... arguments) throws NvmlException {
        int code = code(symbol, arguments);
        if (code != NvmlCode.SUCCESS) {
            throw new NvmlException(symbol, code);
        }
    }

    private Optional<Function> find(String symbol) {
        try {
            return Optional.of(library.getFunction(symbol));
        } catch (UnsatisfiedLinkError e) {
            return Optional.empty();
        }
    }

    private static String firstLine(UnsatisfiedLinkError error) {
        return error.getMessage() == null
                ? "unknown reason"
                : error.getMessage().lines().findFirst().orElse("");
    }
}
