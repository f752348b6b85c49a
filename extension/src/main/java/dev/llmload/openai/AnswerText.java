package dev.llmload.openai;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** The content of one answer, for those few of which it is wanted. Without reasoning and tool calls. Confined to one thread. */
final class AnswerText {
    private static final ObjectMapper TREE = new ObjectMapper();
    private static final List<String> CONTENT = List.of("/delta/content", "/delta/refusal", "/text");

    private final StringBuilder text = new StringBuilder();

    /** The inside of a JSON string that is content. */
    void add(byte[] data, int from, int to) {
        boolean escaped = false;
        for (int i = from; i < to && !escaped; i++) {
            escaped = data[i] == '\\';
        }
        // the bytes around it are its quotes
        text.append(
                escaped
                        ? unescaped(data, from - 1, to + 1)
                        : new String(data, from, to - from, StandardCharsets.UTF_8));
    }

    /** Whatever a chunk of any shape says. */
    void addChunk(byte[] data, int from, int to) {
        try {
            for (JsonNode choice : TREE.readTree(data, from, to - from).path("choices")) {
                CONTENT.forEach(path -> text.append(choice.at(path).asText("")));
            }
        } catch (IOException e) {
            throw new IllegalStateException("a chunk that was read before could not be read again", e);
        }
    }

    private static String unescaped(byte[] data, int from, int to) {
        try (JsonParser json = ChunkReader.JSON.createParser(data, from, to - from)) {
            json.nextToken();
            return json.getText();
        } catch (IOException e) {
            throw new IllegalStateException("the inside of a JSON string was not one", e);
        }
    }

    @Override
    public String toString() {
        return text.toString();
    }
}
