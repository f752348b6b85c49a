package dev.llmload.report.page;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Base64;
import java.util.zip.Inflater;
import java.util.zip.InflaterInputStream;

/** Opens what the page has packed, as its script does. */
final class Packed {
    private Packed() {}

    static JsonNode read(String text) throws IOException {
        Inflater inflater = new Inflater(true);
        try (InflaterInputStream in = new InflaterInputStream(
                new ByteArrayInputStream(Base64.getDecoder().decode(text)), inflater)) {
            return new ObjectMapper().readTree(in);
        } finally {
            inflater.end();
        }
    }
}
