package dev.llmload.benchmark;

import dev.llmload.junit.Reuse;
import dev.llmload.load.LoadListener;
import dev.llmload.load.wire.WireTap;
import dev.llmload.prompt.PromptSupply;
import dev.llmload.prompt.Prompts;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * What long prompts cost the client: its timestamps beside short ones, under the same stream of tokens, and the memory and the
 * time of a source that does not fit.
 */
public final class LongPrompts {
    private static final List<String> MEASURES = List.of("send", "first token", "every token", "ttft error");
    private static final Map<String, Integer> DEFAULTS = new LinkedHashMap<>();
    private static final int LINE_CHARS = 4000;
    private static final int DRAWS = 20_000;

    static {
        DEFAULTS.put("streams", 50);
        DEFAULTS.put("words", 200_000);
        DEFAULTS.put("rate", 2500);
        DEFAULTS.put("tokens", 100);
        DEFAULTS.put("seconds", 15);
        DEFAULTS.put("rounds", 2);
        DEFAULTS.put("server", 0);
        DEFAULTS.put("megabytes", 0);
    }

    private LongPrompts() {}

    /** Short and long prompts in turns; with {@code megabytes}, a source of that size instead. */
    public static void main(String[] args) {
        WireTap.install();
        Options options = Options.parse(args, DEFAULTS);
        System.out.println(Machine.describe());
        System.out.println(options);
        if (options.get("megabytes") > 0) {
            source(options.get("megabytes"));
            return;
        }
        int streams = options.get("streams");
        int interval = (int) (1_000_000L * streams / options.get("rate"));
        String plan = "ttft_us=50000,jit_us=" + interval + ",itl_us=" + interval + ",tokens=" + options.get("tokens");
        String words = "synthetic:count=40,input=" + options.get("words");
        try (TimingServer server = TimingServer.start(-1, options.get("server"))) {
            for (int round = 1; round <= options.get("rounds"); round++) {
                turn("short", "builtin:chat", server, plan, options);
                turn("long", words, server, plan, options);
            }
        }
    }

    private static void turn(String who, String source, TimingServer server, String plan, Options options) {
        try (RealPath client = new RealPath(
                server, plan, source, options.get("streams"), options.get("tokens"), 0, new LoadListener() {})) {
            client.warmUp(3 * options.get("streams"));
            Machine.Ticks before = Machine.Ticks.now();
            double cpu = server.cpuSeconds() + Machine.cpuSeconds();
            Figures figures = Accuracy.ours(client, options.get("seconds"));
            double own = server.cpuSeconds() + Machine.cpuSeconds() - cpu;
            System.out.printf(
                    Locale.ROOT,
                    "%n%s: own CPU %.2f cores, others kept %.2f busy%n",
                    who,
                    own / options.get("seconds"),
                    Machine.Ticks.now().othersSince(before, own));
            System.out.println(figures.text(who, MEASURES));
        }
    }

    /** Writes a source of so many megabytes, checks it, and draws from it as a load does. */
    private static void source(int megabytes) {
        try {
            Path file = Files.createTempFile("long-prompts", ".jsonl");
            try {
                int lines = write(file, megabytes);
                long start = System.nanoTime();
                Prompts prompts = Prompts.load(file.toString(), LongPrompts.class.getClassLoader());
                double checked = (System.nanoTime() - start) / 1e9;
                start = System.nanoTime();
                try (PromptSupply supply = new PromptSupply(prompts, Reuse.UNIQUE_PREFIX, 1)) {
                    supply.readAhead();
                    for (int i = 0; i < DRAWS; i++) {
                        supply.next();
                    }
                }
                double drawn = (System.nanoTime() - start) / 1e9;
                System.out.printf(
                        Locale.ROOT,
                        "%d MB, %d prompts: checked in %.1f s, %.0f drawn a second; heap %d MB at most of %d MB%n",
                        Files.size(file) >> 20,
                        lines,
                        checked,
                        DRAWS / drawn,
                        peak() >> 20,
                        Runtime.getRuntime().maxMemory() >> 20);
            } finally {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static int write(Path file, int megabytes) throws IOException {
        String words = "a prompt that is as long as a page of text and holds nothing ".repeat(LINE_CHARS / 61);
        int lines = (int) (((long) megabytes << 20) / (words.length() + 30));
        try (BufferedWriter out = Files.newBufferedWriter(file, StandardCharsets.UTF_8)) {
            for (int i = 0; i < lines; i++) {
                out.write("{\"prompt\": \"number " + i + " " + words + "\"}\n");
            }
        }
        return lines;
    }

    private static long peak() {
        return ManagementFactory.getMemoryPoolMXBeans().stream()
                .filter(pool -> pool.getType() == MemoryType.HEAP)
                .map(MemoryPoolMXBean::getPeakUsage)
                .mapToLong(usage -> usage.getUsed())
                .sum();
    }
}
