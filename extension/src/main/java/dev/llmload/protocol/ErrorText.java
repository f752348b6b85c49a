package dev.llmload.protocol;

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
            String joined = inLines(data, from, to);
            String text = joined.isEmpty() ? Excerpt.text(data, from, to) : joined;
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

    /** The first error among the lines of an event to which a server joined it without a blank line; empty if there is none. */
    static String inLines(byte[] data, int from, int to) {
        Chunk chunk = new Chunk();
        int at = from;
        while (at < to) {
            int end = at;
            while (end < to && data[end] != '\n') {
                end++;
            }
            if (end > at && (at > from || end < to)) {
                ChunkReader.read(data, at, end, chunk);
                if (chunk.malformed.isEmpty() && !chunk.error.isEmpty()) {
                    return withRaw(chunk.error, data, at, end);
                }
            }
            at = end + 1;
        }
        return "";
    }

    /** The next value of the parser if it is a text, a number or a truth value; else empty. */
    static String scalar(JsonParser json) throws IOException {
        JsonToken token = json.nextToken();
        String text = token.isScalarValue() && token != JsonToken.VALUE_NULL ? json.getText() : "";
        json.skipChildren();
        return text;
    }

    private static String object(JsonParser json) throws IOException {
        Members members = new Members();
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            if (!members.take(json.currentName(), json)) {
                json.nextToken();
                json.skipChildren();
            }
        }
        return members.words();
    }

    /** The members of an object by which an error is told. Confined to one thread. */
    static final class Members {
        private String message = "";
        private String type = "";
        private String code = "";
        private boolean isError;

        /** Reads the next value of the parser if it is such a member. */
        boolean take(String name, JsonParser json) throws IOException {
            switch (name) {
                case "message" -> message = scalar(json);
                case "detail" -> {
                    String detail = scalar(json);
                    isError |= !detail.isEmpty();
                    message = message.isEmpty() ? detail : message;
                }
                case "type" -> type = scalar(json);
                case "code", "status_code", "error_code" -> code = scalar(json);
                case "object" -> isError |= "error".equals(scalar(json));
                default -> {
                    return false;
                }
            }
            return true;
        }

        /** The error that an object is as a whole; empty if it does not say that it is one. */
        String error() {
            boolean coded = !message.isEmpty() && !code.isEmpty() && !code.equals("0") && !code.equals("200");
            return isError || type.equals("error") || coded ? words() : "";
        }

        private String words() {
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
}
