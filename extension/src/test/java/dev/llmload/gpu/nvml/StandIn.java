package dev.llmload.gpu.nvml;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.sun.jna.NativeLibrary;
import dev.llmload.spi.TelemetrySource;
import dev.llmload.spi.TelemetryUnavailableException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/** The stand-in library, compiled when it is first wanted, once for each set of symbols that are left out. */
final class StandIn {
    private static final Map<List<String>, StandIn> COMPILED = new ConcurrentHashMap<>();

    private final Path file;
    private final NativeLibrary library;
    private long nanos;

    private StandIn(Path file) {
        this.file = file;
        this.library = NativeLibrary.getInstance(file.toString());
    }

    /** A fresh one; skips the test where there is no C compiler. */
    static StandIn without(String... symbols) {
        List<String> missing = Arrays.stream(symbols).sorted().toList();
        StandIn standIn = COMPILED.computeIfAbsent(missing, StandIn::compile);
        standIn.call("reset");
        standIn.time(0);
        return standIn;
    }

    private static StandIn compile(List<String> missing) {
        assumeTrue(
                System.getProperty("os.name").equals("Linux") && canCompile(),
                "the stand-in for NVIDIA's library needs Linux and a C compiler called cc");
        try {
            Path folder = Files.createTempDirectory("llm-load-standin");
            Path source = folder.resolve("standin.c");
            try (InputStream in = StandIn.class.getResourceAsStream("standin.c")) {
                Files.copy(in, source, StandardCopyOption.REPLACE_EXISTING);
            }
            Path library = folder.resolve("libstandin.so");
            List<String> command =
                    new ArrayList<>(List.of("cc", "-std=gnu99", "-Wall", "-Werror", "-shared", "-fPIC", "-o"));
            command.addAll(List.of(library.toString(), source.toString()));
            missing.forEach(symbol -> command.add("-D" + symbol + "=hidden_" + symbol));
            command.add("-lm");
            Process process =
                    new ProcessBuilder(command).redirectErrorStream(true).start();
            String output = new String(process.getInputStream().readAllBytes());
            if (process.waitFor() != 0) {
                throw new IllegalStateException("the stand-in does not compile: " + output);
            }
            StandIn standIn = new StandIn(library);
            // Linux lets a loaded library's file go.
            Files.delete(source);
            folder.toFile().deleteOnExit(); // the last that is registered goes first
            library.toFile().deleteOnExit();
            return standIn;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static boolean canCompile() {
        try {
            Process process = new ProcessBuilder("cc", "--version")
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            return process.waitFor(20, TimeUnit.SECONDS) && process.exitValue() == 0;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    String path() {
        return file.toString();
    }

    /** Opens it as NVIDIA's library, on its own clock. */
    TelemetrySource open() throws TelemetryUnavailableException {
        return new NvmlProbe(path(), () -> nanos).open();
    }

    void time(long nowNanos) {
        nanos = nowNanos;
        call("time", nowNanos);
    }

    void fail(String symbol, int device, int code) {
        call("fail", symbol, device, code);
    }

    void call(String function, Object... arguments) {
        library.getFunction("standin_" + function).invokeVoid(arguments);
    }

    int ask(String function) {
        return library.getFunction("standin_" + function).invokeInt(new Object[0]);
    }
}
