package dev.llmload.report.file;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.core.util.Separators;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.RoundingMode;

/**
 * JSON as every file of a run writes it: indented, an array of numbers on one line, keys in the order of writing, line feeds
 * on every system.
 */
public final class Json {
    static final ObjectMapper MAPPER = new ObjectMapper();
    private static final DefaultIndenter INDENT = new DefaultIndenter("  ", "\n");

    private static final Separators SEPARATORS = Separators.createDefaultInstance()
            .withObjectFieldValueSpacing(Separators.Spacing.AFTER)
            .withObjectEmptySeparator("")
            .withArrayEmptySeparator("");

    private Json() {}

    public static ObjectNode object() {
        return MAPPER.createObjectNode();
    }

    static String pretty(ObjectNode node) {
        try {
            return MAPPER.writer(new Indented()).writeValueAsString(node) + "\n";
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a tree of JSON nodes can always be written", e);
        }
    }

    /** Adds a number of at most {@code digits} decimals; a value that is not finite is absent and adds nothing. */
    public static void put(ObjectNode node, String key, double value, int digits) {
        if (Double.isFinite(value)) {
            node.put(key, round(value, digits));
        }
    }

    static double round(double value, int digits) {
        return BigDecimal.valueOf(value).setScale(digits, RoundingMode.HALF_UP).doubleValue();
    }

    private static final class Indented extends DefaultPrettyPrinter {
        private static final long serialVersionUID = 1;

        Indented() {
            super(SEPARATORS);
            indentObjectsWith(INDENT);
            indentArraysWith(INDENT);
        }

        @Override
        public DefaultPrettyPrinter createInstance() {
            return new Indented();
        }

        @Override
        public void writeStartArray(JsonGenerator json) throws IOException {
            boolean numbers = json.currentValue() instanceof ArrayNode array
                    && !array.isEmpty()
                    && (array.get(0).isNumber() || array.get(0).isNull());
            indentArraysWith(numbers ? NopIndenter.instance : INDENT);
            super.writeStartArray(json);
        }

        @Override
        public void writeEndArray(JsonGenerator json, int count) throws IOException {
            super.writeEndArray(json, count);
            indentArraysWith(INDENT); // what encloses an array holds no numbers
        }
    }
}
