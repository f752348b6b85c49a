package dev.llmload.load.preflight;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.List;

/** Reads the answer of {@code /v1/models}. */
public final class ModelList {
    private static final ObjectMapper JSON = new ObjectMapper();

    private ModelList() {}

    /**
     * A model of the list.
     *
     * @param id its name in requests
     * @param root what it was loaded from, or empty; names of one model have the same
     * @param parent the model that an adapter belongs to, or empty
     */
    public record Entry(String id, String root, String parent) {}

    /** The models it lists; none if it is not such an answer. */
    public static List<Entry> entries(String body) {
        List<Entry> entries = new ArrayList<>();
        for (JsonNode model : tree(body).path("data")) {
            String id = model.path("id").asText();
            if (!id.isEmpty()) {
                entries.add(new Entry(id, text(model, "root"), text(model, "parent")));
            }
        }
        return entries;
    }

    /** The ids it lists; none if it is not such an answer. */
    static List<String> of(String body) {
        return entries(body).stream().map(Entry::id).toList();
    }

    /** Whether this is a JSON object that holds a completion rather than an error. */
    static boolean isCompletion(String body) {
        JsonNode answer = tree(body);
        return answer.isObject() && !answer.hasNonNull("error");
    }

    private static String text(JsonNode model, String field) {
        return model.path(field).isTextual() ? model.path(field).asText() : "";
    }

    private static JsonNode tree(String body) {
        try {
            JsonNode tree = JSON.readTree(body);
            return tree == null ? JSON.missingNode() : tree;
        } catch (JacksonException e) {
            return JSON.missingNode();
        }
    }
}
