package dev.llmload.report.file;

import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** The machine that offers the load, as metadata.json names it. No host or user name. */
public final class Machine {
    private Machine() {}

    /**
     * The versions of what runs here.
     *
     * @param library version of this library, or empty if it is not known
     */
    public static Map<String, String> versions(String library) {
        Map<String, String> versions = new TreeMap<>();
        versions.put("llm-load", library.isEmpty() ? "unknown" : library);
        versions.put("java", System.getProperty("java.version", "unknown"));
        versions.put("java.vm", System.getProperty("java.vm.name", "unknown"));
        versions.put("os", System.getProperty("os.name", "unknown") + " " + System.getProperty("os.version", ""));
        return versions;
    }

    /** Those of a JVM's arguments that decide how fast it is: {@code -X…}. No others: a property may be a secret. */
    public static String options(List<String> arguments) {
        return arguments.stream()
                .filter(argument -> argument.startsWith("-X"))
                .filter(argument -> !argument.startsWith("-Xbootclasspath"))
                .collect(Collectors.joining(" "));
    }

    private static String collector() {
        return ManagementFactory.getGarbageCollectorMXBeans().stream()
                .map(GarbageCollectorMXBean::getName)
                .collect(Collectors.joining(", "));
    }

    /** What it is made of, and how this JVM uses it. */
    public static Map<String, String> host() {
        Runtime runtime = Runtime.getRuntime();
        return new TreeMap<>(Map.of(
                "collector", collector(),
                "jvm_options", options(ManagementFactory.getRuntimeMXBean().getInputArguments()),
                "cpus", Integer.toString(runtime.availableProcessors()),
                "arch", System.getProperty("os.arch", "unknown"),
                "max_heap_mb", Long.toString(runtime.maxMemory() >> 20)));
    }
}
