package dev.llmload.gpu.prometheus;

import dev.llmload.exposition.Exposition;
import dev.llmload.exposition.Sample;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A page of the DCGM exporter: the fields of each GPU. Of a field that is there more than once (once for each pod, or for
 * each instance of a split GPU) the highest value counts. Immutable.
 */
final class ExporterPage {
    private static final String PREFIX = "DCGM_FI_";
    /** From here on a value is one of DCGM's words for "none": 2^47 of doubles, near 2^63 of integers. */
    private static final double BLANK = 0x1p47;
    /** The same of 32-bit integers. */
    private static final double BLANK_INT = 2_147_483_632.0;

    private static final String ENERGY = "DCGM_FI_DEV_TOTAL_ENERGY_CONSUMPTION";

    /** One GPU: the labels of its samples, those that came first, and its fields. */
    record Gpu(String uuid, Map<String, String> labels, boolean split, Map<String, Double> fields) {
        /** The first of several labels that is there, because exporters differ in how they write them; else empty. */
        String label(String... names) {
            for (String name : names) {
                if (!labels.getOrDefault(name, "").isEmpty()) {
                    return labels.get(name);
                }
            }
            return "";
        }

        /** In the exporter's unit; NaN if it is not there. */
        double field(String name) {
            return fields.getOrDefault(name, Double.NaN);
        }
    }

    private final Map<String, Gpu> gpus = new LinkedHashMap<>();

    private ExporterPage() {}

    static ExporterPage parse(String text) {
        ExporterPage page = new ExporterPage();
        Exposition.parse(text).forEach(page::add);
        return page;
    }

    private void add(Sample sample) {
        if (!sample.name().startsWith(PREFIX)) {
            return;
        }
        add(sample.name(), new LinkedHashMap<>(sample.labels()), number(sample.name(), sample.value()));
    }

    private void add(String field, Map<String, String> labels, double value) {
        String uuid = key(labels);
        if (uuid.isEmpty()) {
            return;
        }
        boolean instance = !labels.getOrDefault("GPU_I_ID", "").isEmpty();
        Gpu known = gpus.get(uuid);
        if (known != null) {
            labels.forEach(known.labels()::putIfAbsent);
        }
        Gpu gpu = known == null
                ? new Gpu(uuid, labels, instance, new LinkedHashMap<>())
                : new Gpu(uuid, known.labels(), known.split() || instance, known.fields());
        gpus.put(uuid, gpu);
        if (!Double.isNaN(value)) {
            gpu.fields().merge(field, value, Math::max);
        }
    }

    /** Its UUID; of exporters that do not tell it, the host and the index. */
    private static String key(Map<String, String> labels) {
        Gpu gpu = new Gpu("", labels, false, Map.of());
        String uuid = gpu.label("UUID", "uuid");
        String index = gpu.label("gpu", "device");
        return uuid.isEmpty() && !index.isEmpty() ? ExporterHosts.of(gpu) + "/" + index : uuid;
    }

    private static double number(String field, double value) {
        double blank = field.equals(ENERGY) ? BLANK : BLANK_INT;
        return value >= 0 && value < blank ? value : Double.NaN;
    }

    /** In the page's order. */
    List<Gpu> gpus() {
        return new ArrayList<>(gpus.values());
    }
}
