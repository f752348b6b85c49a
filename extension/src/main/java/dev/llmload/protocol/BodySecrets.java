package dev.llmload.protocol;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.llmload.result.text.Credentials;
import dev.llmload.result.text.Secrets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** What is secret in the extra fields of a request: what stands under the name of a credential, or looks like one. */
public final class BodySecrets {
    private BodySecrets() {}

    /**
     * The secrets of {@code extraBody}.
     *
     * @param extraBody a JSON object; of any other text none
     */
    public static List<String> of(String extraBody) {
        List<String> secrets = new ArrayList<>();
        mask(tree(extraBody), secrets);
        return secrets;
    }

    /**
     * {@code extraBody} as a file may hold it: {@code ***} for each secret.
     *
     * @param extraBody a JSON object; any other text is not shown at all
     */
    public static String shown(String extraBody) {
        JsonNode tree = tree(extraBody);
        return tree.isObject() ? mask(tree, new ArrayList<>()).toString() : Secrets.MASK;
    }

    private static JsonNode tree(String text) {
        try {
            return ExtraBody.JSON.readTree(text);
        } catch (JsonProcessingException e) {
            return ExtraBody.JSON.missingNode();
        }
    }

    private static JsonNode mask(JsonNode node, List<String> secrets) {
        if (node instanceof ObjectNode object) {
            for (Map.Entry<String, JsonNode> member : object.properties()) {
                boolean named = Credentials.isName(member.getKey());
                member.setValue(named ? all(member.getValue(), secrets) : mask(member.getValue(), secrets));
            }
        } else if (node instanceof ArrayNode array) {
            for (int i = 0; i < array.size(); i++) {
                array.set(i, mask(array.get(i), secrets));
            }
        } else if (node.isTextual() && Credentials.isValue(node.textValue())) {
            return all(node, secrets);
        }
        return node;
    }

    // Numbers and flags under such a name are settings; texts are not shown, however deep they stand.
    private static JsonNode all(JsonNode node, List<String> secrets) {
        if (node instanceof ObjectNode object) {
            object.properties().forEach(member -> member.setValue(all(member.getValue(), secrets)));
        } else if (node instanceof ArrayNode array) {
            for (int i = 0; i < array.size(); i++) {
                array.set(i, all(array.get(i), secrets));
            }
        } else if (node.isTextual()) {
            secrets.addAll(Credentials.in(node.textValue()));
            return TextNode.valueOf(Secrets.MASK);
        }
        return node;
    }
}
