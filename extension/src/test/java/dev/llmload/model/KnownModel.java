package dev.llmload.model;

import dev.llmload.junit.ComputeType;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;

/** A row of {@code known-models.csv}: a configuration in the folder beside it, and what it must come to. */
record KnownModel(
        String name,
        Family family,
        long parameters,
        long active,
        double weightBytes,
        ComputeType computeType,
        double kvBytes) {

    static List<KnownModel> all() {
        return text("known-models.csv")
                .lines()
                .filter(line -> !line.startsWith("#"))
                .skip(1)
                .map(line -> line.split(","))
                .map(cells -> new KnownModel(
                        cells[0],
                        Family.valueOf(cells[1]),
                        Long.parseLong(cells[2]),
                        Long.parseLong(cells[3]),
                        Double.parseDouble(cells[4]),
                        ComputeType.valueOf(cells[5]),
                        Double.parseDouble(cells[6])))
                .toList();
    }

    static KnownModel named(String name) {
        return all().stream()
                .filter(model -> model.name.equals(name))
                .findFirst()
                .orElseThrow();
    }

    String config() {
        return config(name);
    }

    static String config(String name) {
        return text("configs/" + name + ".json");
    }

    Shape shape() {
        return ConfigShape.of(ModelConfig.parse(config()), 16);
    }

    private static String text(String resource) {
        try (InputStream in = KnownModel.class.getResourceAsStream(resource)) {
            return new String(Objects.requireNonNull(in, resource).readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public String toString() {
        return name;
    }
}
