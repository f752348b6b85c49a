package dev.llmload.load;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.List;

/** Reads the answer of {@code /v1/models}. */
final class ModelList {
    private static final ObjectMapper JSON = new ObjectMapper();

    private ModelList() {}

    /** The ids it lists; none if it is not such an answer. */
    static List<String> of(String body) {
        List<String> ids = new ArrayList<>();
        for (JsonNode model : tree(body).path("data")) {
            String id = model.path("id").asText();
            if (!id.isEmpty()) {
                ids.add(id);
            }
        }
        return ids;
    }

    /** Whether this is a JSON object that holds a completion rather than an error. */
    static boolean isCompletion(String body) {
        JsonNode answer = tree(body);
        return answer.isObject() && !answer.hasNonNull("error");
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
