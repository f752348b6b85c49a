package dev.llmload.protocol;

import com.fasterxml.jackson.core.JsonParser;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** The content of one answer, for those few of which it is wanted. Without reasoning and tool calls. Confined to one thread. */
final class AnswerText {
    private final StringBuilder text = new StringBuilder();

    /** The inside of a JSON string, or a part of it that cuts no escape in two. */
    void add(byte[] data, int from, int to) {
        boolean escaped = false;
        for (int i = from; i < to && !escaped; i++) {
            escaped = data[i] == '\\';
        }
        text.append(escaped ? unescaped(data, from, to) : new String(data, from, to - from, StandardCharsets.UTF_8));
    }

    /** A text as such. */
    void add(String more) {
        text.append(more);
    }

    /** Nothing until here was of the answer. */
    void restart() {
        text.setLength(0);
    }

    private static String unescaped(byte[] data, int from, int to) {
        byte[] quoted = new byte[to - from + 2];
        quoted[0] = '"';
        System.arraycopy(data, from, quoted, 1, to - from);
        quoted[quoted.length - 1] = '"';
        try (JsonParser json = ChunkReader.JSON.createParser(quoted)) {
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
