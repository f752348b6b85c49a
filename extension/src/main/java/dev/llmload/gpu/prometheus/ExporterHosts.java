package dev.llmload.gpu.prometheus;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Which host each GPU of a page is on. A page has several where it is that of a Prometheus server or a proxy that joins the
 * pages of several exporters. Pure.
 */
final class ExporterHosts {
    private ExporterHosts() {}

    /**
     * The host of each GPU by its key: what the exporter calls it, or, where several exporters call it the same, as
     * containers with a common name do, where Prometheus scraped it.
     */
    static Map<String, String> of(List<ExporterPage.Gpu> gpus) {
        Map<String, Set<String>> scraped = gpus.stream()
                .collect(Collectors.groupingBy(
                        ExporterHosts::of,
                        Collectors.mapping(ExporterHosts::instance, Collectors.toCollection(TreeSet::new))));
        Map<String, String> hosts = new HashMap<>();
        for (ExporterPage.Gpu gpu : gpus) {
            String host = of(gpu);
            hosts.put(gpu.uuid(), scraped.get(host).size() > 1 ? instance(gpu) : host);
        }
        return hosts;
    }

    /** What the exporter calls it, or else where it was scraped; empty if neither is there. */
    static String of(ExporterPage.Gpu gpu) {
        String named = gpu.label("Hostname", "hostname", "exported_hostname", "node", "kubernetes_node", "host");
        return named.isEmpty() ? instance(gpu) : named;
    }

    private static String instance(ExporterPage.Gpu gpu) {
        return gpu.label("exported_instance", "instance").replaceFirst(":\\d+$", "");
    }
}
