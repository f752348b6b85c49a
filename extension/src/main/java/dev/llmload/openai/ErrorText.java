package dev.llmload.openai;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.StringJoiner;

/** Puts the {@code error} of a server into words. */
final class ErrorText {
    static final String WITHOUT_MESSAGE = "an error without a message";

    private ErrorText() {}

    /**
     * The next value of the parser: a text, or an object's message with its type and code. Empty if it says that there is no
     * error ({@code null}, {@code false}, an empty text).
     */
    static String read(JsonParser json) throws IOException {
        return switch (json.nextToken()) {
            case VALUE_NULL, VALUE_FALSE -> "";
            case VALUE_STRING -> json.getText();
            case START_OBJECT -> object(json);
            default -> {
                String text = json.currentToken().isScalarValue() ? json.getText() : WITHOUT_MESSAGE;
                json.skipChildren();
                yield text;
            }
        };
    }

    /** A line or event that is an error as a whole: JSON as above, the error object itself, or any other text. */
    static String of(byte[] data, int from, int to) {
        Chunk chunk = new Chunk();
        ChunkReader.read(data, from, to, chunk);
        if (!chunk.malformed.isEmpty()) {
            String text = Excerpt.text(data, from, to);
            return text.isEmpty() ? WITHOUT_MESSAGE : text;
        }
        if (!chunk.error.isEmpty()) {
            return withRaw(chunk.error, data, from, to);
        }
        try (JsonParser json = ChunkReader.JSON.createParser(data, from, to - from)) {
            return withRaw(read(json), data, from, to);
        } catch (IOException e) {
            throw new IllegalStateException("was read before", e);
        }
    }

    /** The error; with the beginning of the data if it has no message. */
    static String withRaw(String error, byte[] data, int from, int to) {
        return error.startsWith(WITHOUT_MESSAGE) ? error + ": " + Excerpt.text(data, from, to) : error;
    }

    private static String object(JsonParser json) throws IOException {
        String message = "";
        String type = "";
        String code = "";
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            String name = json.currentName();
            JsonToken token = json.nextToken();
            String text = token.isScalarValue() && token != JsonToken.VALUE_NULL ? json.getText() : "";
            json.skipChildren();
            switch (name) {
                case "message" -> message = text;
                case "type" -> type = text;
                case "code" -> code = text;
                default -> {}
            }
        }
        StringJoiner details = new StringJoiner(", ", " (", ")").setEmptyValue("");
        if (!type.isEmpty()) {
            details.add("type " + type);
        }
        if (!code.isEmpty()) {
            details.add("code " + code);
        }
        return (message.isEmpty() ? WITHOUT_MESSAGE : message) + details;
    }
}
