package dev.llmload.gpu;

import dev.llmload.spi.GpuFacts;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** What a user may call GPUs by: index or UUID, and where a source reads several hosts, the host or {@code host/index}. */
final class GpuNames {
    private static final String NAMELESS = "a GPU whose model its source does not name";

    private final List<GpuFacts> all;

    private GpuNames(List<GpuFacts> all) {
        this.all = all;
    }

    static GpuNames of(List<GpuFacts> all) {
        return new GpuNames(all);
    }

    /** A device's model in words. */
    static String model(GpuFacts facts) {
        return facts.device().name().isEmpty() ? NAMELESS : facts.device().name();
    }

    /**
     * The devices of these names, each once.
     *
     * @throws IllegalArgumentException if a name is none, or is that of GPUs on several hosts
     */
    List<GpuFacts> named(List<String> wanted) {
        return wanted.stream().flatMap(name -> named(name).stream()).distinct().toList();
    }

    private List<GpuFacts> named(String name) {
        List<GpuFacts> ofHost = all.stream()
                .filter(facts -> !facts.host().isEmpty() && facts.host().equalsIgnoreCase(name))
                .toList();
        if (!ofHost.isEmpty()) {
            return ofHost;
        }
        List<GpuFacts> found = all.stream().filter(facts -> is(facts, name)).toList();
        if (found.isEmpty()) {
            throw new IllegalArgumentException(
                    "must be indices or UUIDs of GPUs, but `" + name + "` is none; there are " + this);
        }
        if (found.size() > 1) {
            throw new IllegalArgumentException("must name one GPU each, but `" + name + "` is one of several hosts: "
                    + found.stream().map(GpuNames::path).collect(Collectors.joining(", ")) + "; there are " + this);
        }
        return found;
    }

    private static boolean is(GpuFacts facts, String name) {
        return facts.device().uuid().equalsIgnoreCase(name)
                || Integer.toString(facts.device().index()).equals(name)
                || path(facts).equalsIgnoreCase(name);
    }

    private static String path(GpuFacts facts) {
        return facts.host() + "/" + facts.device().index();
    }

    /** All of them: {@code 0 (NVIDIA A40, GPU-a), …}, of several hosts host by host. */
    @Override
    public String toString() {
        Map<String, List<GpuFacts>> hosts = new LinkedHashMap<>();
        all.forEach(facts ->
                hosts.computeIfAbsent(facts.host(), host -> new ArrayList<>()).add(facts));
        return hosts.entrySet().stream()
                .map(host ->
                        hosts.size() == 1 ? listed(host.getValue()) : host.getKey() + ": " + listed(host.getValue()))
                .collect(Collectors.joining("; "));
    }

    private static String listed(List<GpuFacts> some) {
        return some.stream()
                .map(facts -> facts.device().index() + " (" + model(facts) + ", "
                        + facts.device().uuid() + ")")
                .collect(Collectors.joining(", "));
    }
}
