package dev.llmload.model;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.Optional;

/**
 * A Hugging Face {@code config.json}: the language model's part of it, also where that is nested in {@code text_config}.
 * Every error says which field is wrong and what to set instead of a configuration.
 */
final class ModelConfig {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String INSTEAD = "; set `parameters` or `flopsPerToken` instead of `config`";

    private final JsonNode whole;
    private final JsonNode text;

    private ModelConfig(JsonNode whole) {
        this.whole = whole;
        JsonNode nested = whole.path("text_config");
        this.text = nested.isObject() ? nested : whole;
    }

    static ModelConfig parse(String json) {
        try {
            JsonNode node = JSON.readTree(json);
            if (node == null || !node.isObject()) {
                throw new IllegalArgumentException(
                        "must be a JSON object such as a Hugging Face config.json" + INSTEAD);
            }
            return new ModelConfig(node);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("is not JSON: " + e.getOriginalMessage() + " in line "
                    + e.getLocation().getLineNr());
        }
    }

    static IllegalArgumentException refusal(String why) {
        return new IllegalArgumentException(why + INSTEAD);
    }

    /** Whether the language model is part of a larger one. */
    boolean nested() {
        return text != whole;
    }

    /** The class of the model; of a nested one, its type. */
    String architecture() {
        JsonNode named = (text.path("architectures").isArray() ? text : whole)
                .path("architectures")
                .path(0);
        if (nested() && !text.path("architectures").isArray()) {
            return text.path("model_type").asText(named.asText(""));
        }
        return named.asText(text.path("model_type").asText(""));
    }

    long required(String... names) {
        for (String name : names) {
            Optional<Long> found = number(name);
            if (found.isPresent()) {
                return found.get();
            }
        }
        throw refusal("lacks `" + names[0] + "`, which the cost of a " + architecture() + " depends on");
    }

    long optional(String name, long fallback) {
        return number(name).orElse(fallback);
    }

    boolean flag(String name, boolean fallback) {
        JsonNode node = text.path(name);
        return node.isBoolean() ? node.asBoolean() : fallback;
    }

    /** A flag that stands beside the language model's part, as {@code tie_word_embeddings} may. */
    boolean outerFlag(String name, boolean fallback) {
        return flag(name, whole.path(name).isBoolean() ? whole.path(name).asBoolean() : fallback);
    }

    /** How many elements of an array of the configuration equal a text; -1 if there is no such array. */
    int count(String array, String value) {
        JsonNode node = text.path(array);
        if (!node.isArray()) {
            return -1;
        }
        int found = 0;
        for (JsonNode element : node) {
            found += element.asText().equals(value) ? 1 : 0;
        }
        return found;
    }

    /** Whether an array of whole numbers holds one. */
    boolean contains(String array, long value) {
        for (JsonNode element : text.path(array)) {
            if (element.asLong(Long.MIN_VALUE) == value) {
                return true;
            }
        }
        return false;
    }

    /** The type of its weights: {@code bfloat16}, or empty. */
    String dtype() {
        for (JsonNode node : new JsonNode[] {text, whole}) {
            String type = node.path("torch_dtype").asText(node.path("dtype").asText(""));
            if (!type.isEmpty()) {
                return type;
            }
        }
        return "";
    }

    /** How its weights are quantised; a missing node if they are not. */
    JsonNode quantization() {
        JsonNode own = text.path("quantization_config");
        return own.isObject() ? own : whole.path("quantization_config");
    }

    private Optional<Long> number(String name) {
        JsonNode node = text.path(name);
        if (node.isMissingNode() || node.isNull()) {
            return Optional.empty();
        }
        if (!node.isIntegralNumber() || node.asLong() < 0) {
            throw refusal("`" + name + "` must be a whole number, but was " + node);
        }
        return Optional.of(node.asLong());
    }
}
