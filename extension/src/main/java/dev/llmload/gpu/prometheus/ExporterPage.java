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

    /** One GPU: the labels of its first sample, and its fields. */
    record Gpu(String uuid, Map<String, String> labels, boolean split, Map<String, Double> fields) {
        String label(String name) {
            return labels.getOrDefault(name, "");
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
        Map<String, String> labels = sample.labels();
        String uuid = labels.getOrDefault("UUID", "");
        double value = number(sample.name(), sample.value());
        if (uuid.isEmpty()) {
            return;
        }
        boolean instance = !labels.getOrDefault("GPU_I_ID", "").isEmpty();
        Gpu known = gpus.get(uuid);
        Gpu gpu = known == null
                ? new Gpu(uuid, labels, instance, new LinkedHashMap<>())
                : new Gpu(uuid, known.labels(), known.split() || instance, known.fields());
        gpus.put(uuid, gpu);
        if (!Double.isNaN(value)) {
            gpu.fields().merge(sample.name(), value, Math::max);
        }
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
