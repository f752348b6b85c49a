package dev.llmload.report.file;

import java.util.Map;
import java.util.TreeMap;

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

    /** What it is made of. */
    public static Map<String, String> host() {
        Runtime runtime = Runtime.getRuntime();
        return new TreeMap<>(Map.of(
                "cpus", Integer.toString(runtime.availableProcessors()),
                "arch", System.getProperty("os.arch", "unknown"),
                "max_heap_mb", Long.toString(runtime.maxMemory() >> 20)));
    }
}
