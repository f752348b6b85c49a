package dev.llmload.protocol;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.llmload.result.request.FinishReasons;
import dev.llmload.result.text.JsonFault;
import java.io.IOException;

/** Reads any chunk with Jackson's streaming parser. Stateless, safe for any thread. */
final class ChunkReader {
    static final JsonFactory JSON = JsonFactory.builder()
            .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
            .build();

    private ChunkReader() {}

    /** Fills the chunk from the data of one event. What was read before a fault stays in it. */
    static void read(byte[] data, int from, int to, Chunk chunk) {
        chunk.clear();
        try (JsonParser json = JSON.createParser(data, from, to - from)) {
            if (json.nextToken() != JsonToken.START_OBJECT) {
                chunk.malformed = "is no JSON object";
                return;
            }
            readObject(json, from, chunk);
            chunk.goesOn = true;
            if (json.nextToken() == null) {
                chunk.goesOn = false;
            } else {
                chunk.malformed = "goes on after its JSON object";
            }
        } catch (JsonParseException e) {
            chunk.malformed = "is not valid JSON (" + JsonFault.words(e.getOriginalMessage()) + ")";
        } catch (IOException e) {
            chunk.malformed = "cannot be read as JSON (" + JsonFault.words(e.getMessage()) + ")";
        }
    }

    private static void readObject(JsonParser json, int from, Chunk chunk) throws IOException {
        ErrorText.Members members = new ErrorText.Members();
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            String name = json.currentName();
            switch (name) {
                case "choices" -> choices(json, from, chunk);
                case "error" -> chunk.error = ErrorText.read(json);
                default -> {
                    if (!members.take(name, json)) {
                        Envelope.member(name, json, chunk, Usage.Place.TOP);
                    }
                }
            }
        }
        if (chunk.error.isEmpty() && !chunk.choices && !chunk.usage.present()) {
            chunk.error = members.error();
        }
    }

    private static void choices(JsonParser json, int from, Chunk chunk) throws IOException {
        chunk.choices = true;
        if (json.nextToken() != JsonToken.START_ARRAY) {
            json.skipChildren();
            return;
        }
        while (json.nextToken() != JsonToken.END_ARRAY) {
            if (json.currentToken() == JsonToken.START_OBJECT) {
                choice(json, from, chunk);
            } else {
                json.skipChildren();
            }
        }
    }

    /** Every metric is about one answer: a choice with an index other than 0 is another answer, wherever its index stands. */
    private static void choice(JsonParser json, int from, Chunk chunk) throws IOException {
        int texts = chunk.texts;
        boolean calls = chunk.calls;
        String reason = chunk.finishReason;
        String message = chunk.finishMessage;
        boolean other = false;
        chunk.flagged = false;
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            String name = json.currentName();
            switch (name) {
                case "index" -> other = isAnother(json);
                case "delta" -> delta(json, from, chunk);
                case "text" -> Texts.value(json, from, chunk, false);
                case "finish_reason" -> finishReason(json, chunk);
                case "error" -> {
                    String error = ErrorText.read(json);
                    chunk.error = error.isEmpty() ? chunk.error : error;
                }
                default -> Envelope.member(name, json, chunk, Usage.Place.CHOICE);
            }
        }
        if (other) {
            chunk.forget(texts);
            chunk.calls = calls;
            chunk.finishReason = reason;
            chunk.finishMessage = message;
        } else if (chunk.flagged) {
            chunk.areReasoning(texts);
        }
    }

    private static boolean isAnother(JsonParser json) throws IOException {
        JsonToken token = json.nextToken();
        json.skipChildren();
        return token.isNumeric() && json.getDoubleValue() != 0;
    }

    private static void delta(JsonParser json, int from, Chunk chunk) throws IOException {
        if (json.nextToken() != JsonToken.START_OBJECT) {
            json.skipChildren();
            return;
        }
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            String name = json.currentName();
            switch (name) {
                case "content", "refusal" -> Texts.value(json, from, chunk, false);
                case "tool_calls", "function_call" ->
                    chunk.calls |= json.nextToken().isStructStart() && hasChildren(json);
                default -> {
                    if (!Texts.reasoning(name, json, from, chunk)) {
                        Envelope.ofDelta(name, json, chunk);
                    }
                }
            }
        }
    }

    private static boolean hasChildren(JsonParser json) throws IOException {
        boolean any = false;
        for (int depth = 1; depth > 0; ) {
            JsonToken token = json.nextToken();
            if (token.isStructEnd()) {
                depth--;
            } else {
                any = true;
                depth += token.isStructStart() ? 1 : 0;
            }
        }
        return any;
    }

    /** A text, or an object with {@code type} and {@code message}; a word for "none" is none. */
    private static void finishReason(JsonParser json, Chunk chunk) throws IOException {
        JsonToken token = json.nextToken();
        String reason = "";
        String message = "";
        if (token == JsonToken.VALUE_STRING) {
            reason = json.getText();
        } else if (token == JsonToken.START_OBJECT) {
            while (json.nextToken() == JsonToken.FIELD_NAME) {
                String name = json.currentName();
                String value = ErrorText.scalar(json);
                reason = name.equals("type") || name.equals("reason") ? value : reason;
                message = name.equals("message") ? value : message;
            }
        } else {
            json.skipChildren();
        }
        if (!FinishReasons.isNone(reason)) {
            chunk.finishReason = reason;
            chunk.finishMessage = message;
        }
    }
}
