package dev.llmload.model;

import com.fasterxml.jackson.databind.JsonNode;
import dev.llmload.model.Reach.Kind;
import java.util.List;
import java.util.Optional;

/** How far each layer of a model attends: as {@code layer_types} says, or else as its family does. */
final class Reaches {
    /** A layer without keys and values. */
    static final Optional<Reach> LINEAR = Optional.empty();

    private final ModelConfig config;
    private final Family family;
    private final int layers;
    private final Optional<List<JsonNode>> types;

    Reaches(ModelConfig config, Family family, int layers) {
        this.config = config;
        this.family = family;
        this.layers = layers;
        this.types = config.array("layer_types");
        // Read where a layer needs it; a model in which none does may state it all the same.
        if (family.has(Trait.CHUNKS)) {
            config.optional("attention_chunk_size", 0);
        }
        if (types.isPresent() && types.get().size() != layers) {
            throw ModelConfig.refusal("`layer_types` must name the " + layers + " layers, but names "
                    + types.get().size());
        }
    }

    /** Of a layer; {@link #LINEAR} if it keeps a state in place of keys and values. */
    Optional<Reach> of(int layer) {
        if (types.isPresent()) {
            return named(types.get().get(layer).asText());
        }
        if (family.has(Trait.LINEAR_LAYERS)) {
            return (layer + 1) % config.required("full_attention_interval") == 0 ? Optional.of(Reach.FULL) : LINEAR;
        }
        if (family.has(Trait.CHUNKS)) {
            return Optional.of(positions(layer) ? chunk() : Reach.FULL);
        }
        long window = config.optional("sliding_window", 0);
        return Optional.of(window > 0 && windowed(layer) ? new Reach(Kind.WINDOW, window) : Reach.FULL);
    }

    private Optional<Reach> named(String type) {
        config.optional("full_attention_interval", 0);
        return switch (type) {
            case "full_attention", "attention" -> Optional.of(Reach.FULL);
            case "sliding_attention" -> Optional.of(new Reach(Kind.WINDOW, config.required("sliding_window")));
            case "chunked_attention" -> Optional.of(chunk());
            case "linear_attention" -> {
                if (!family.has(Trait.LINEAR_LAYERS)) {
                    throw unknown(type);
                }
                yield LINEAR;
            }
            default -> throw unknown(type);
        };
    }

    private IllegalArgumentException unknown(String type) {
        return ModelConfig.refusal(
                "`layer_types` holds `" + type + "`, whose cost is not known of a " + config.architecture());
    }

    private Reach chunk() {
        long tokens = config.optional("attention_chunk_size", 0);
        return tokens == 0 ? Reach.FULL : new Reach(Kind.CHUNK, tokens);
    }

    /** Whether a layer has positions; those without attend to everything. */
    private boolean positions(int layer) {
        List<JsonNode> stated = config.array("no_rope_layers").orElse(List.of());
        return stated.isEmpty()
                ? (layer + 1) % config.required("no_rope_layer_interval") != 0
                : layer < stated.size() && stated.get(layer).asInt() != 0;
    }

    private boolean windowed(int layer) {
        if (family.has(Trait.WINDOW_BY_KEY)) {
            return config.flag("use_sliding_window", false) && layer >= config.optional("max_window_layers", layers);
        }
        int fallback = family.has(Trait.FULL_EVERY_6TH)
                ? 6
                : family.has(Trait.FULL_EVERY_4TH) ? 4 : family.has(Trait.FULL_EVERY_2ND) ? 2 : 0;
        if (fallback == 0) {
            return true;
        }
        long pattern = config.optional("sliding_window_pattern", config.optional("_sliding_window_pattern", fallback));
        return pattern == 0 || (layer + 1) % pattern != 0;
    }
}
