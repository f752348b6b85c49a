package dev.llmload.junit.declared;

import dev.llmload.model.ModelCost;
import dev.llmload.model.ModelCosts;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;

/** Reads a model's configuration, and the file beside it that says how older quantised models are stored. */
final class ModelFiles {
    private static final String CLASS_PATH = "classpath:";
    private static final String BESIDE = "hf_quant_config.json";

    private final ClassLoader loader;

    ModelFiles(ClassLoader loader) {
        this.loader = loader;
    }

    /**
     * What the model costs.
     *
     * @param place of its {@code config.json}: {@code classpath:…} or a file
     * @param kvCacheBits bits of a key or value in the cache
     * @throws IllegalArgumentException if it cannot be read or the cost is not known
     */
    ModelCost cost(String place, int kvCacheBits) {
        String config = read(place)
                .orElseThrow(() -> new IllegalArgumentException(
                        place.startsWith(CLASS_PATH)
                                ? "`" + place + "` is not on the class path"
                                : "`" + place + "` cannot be read: there is no such file"));
        return ModelCosts.ofConfig(config, read(beside(place)).orElse(""), kvCacheBits);
    }

    private static String beside(String place) {
        int folder = Math.max(place.lastIndexOf('/'), place.lastIndexOf('\\')) + 1;
        return folder == 0 && place.startsWith(CLASS_PATH) ? CLASS_PATH + BESIDE : place.substring(0, folder) + BESIDE;
    }

    /** Empty if it is not there. */
    private Optional<String> read(String place) {
        try {
            if (!place.startsWith(CLASS_PATH)) {
                Path file = Path.of(place);
                return Files.exists(file) ? Optional.of(Files.readString(file)) : Optional.empty();
            }
            String name = place.substring(CLASS_PATH.length()).replaceFirst("^/+", "");
            try (InputStream in = loader.getResourceAsStream(name)) {
                return in == null
                        ? Optional.empty()
                        : Optional.of(new String(in.readAllBytes(), StandardCharsets.UTF_8));
            }
        } catch (IOException | InvalidPathException e) {
            throw new IllegalArgumentException("`" + place + "` cannot be read: " + e);
        }
    }
}
