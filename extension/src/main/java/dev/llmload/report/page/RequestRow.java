package dev.llmload.report.page;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;

/** One line of requests.jsonl: what the page shows of a request. Instants are nanoseconds of the file's clock. Not thread-safe. */
final class RequestRow {
    /** An instant or a count that the line does not have. */
    static final long ABSENT = Long.MIN_VALUE;

    String test = "";
    String level = "";
    String phase = "";
    String outcome = "";
    String error = "";
    int repeat;
    boolean corrects;
    long n = ABSENT;
    long scheduled = ABSENT;
    long sent = ABSENT;
    long first = ABSENT;
    long last = ABSENT;
    long closed = ABSENT;
    long prompt = ABSENT;
    long output = ABSENT;
    long status = ABSENT;

    static RequestRow read(JsonParser json) throws IOException {
        RequestRow row = new RequestRow();
        if (json.nextToken() != JsonToken.START_OBJECT) {
            throw new IOException("a line is no object");
        }
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            String key = json.currentName();
            json.nextToken();
            switch (key) {
                case "test" -> row.test = json.getText();
                case "level" -> row.level = json.getText();
                case "phase" -> row.phase = json.getText();
                case "outcome" -> row.outcome = json.getText();
                case "error" -> row.error = json.getText();
                case "repeat" -> row.repeat = json.getIntValue();
                case "corrects" -> row.corrects = json.getBooleanValue();
                case "n" -> row.n = json.getLongValue();
                case "scheduled_ns" -> row.scheduled = json.getLongValue();
                case "sent_ns" -> row.sent = json.getLongValue();
                case "first_token_ns" -> row.first = json.getLongValue();
                case "last_token_ns" -> row.last = json.getLongValue();
                case "closed_ns" -> row.closed = json.getLongValue();
                case "prompt_tokens" -> row.prompt = json.getLongValue();
                case "output_tokens" -> row.output = json.getLongValue();
                case "status" -> row.status = json.getLongValue();
                default -> json.skipChildren();
            }
        }
        return row;
    }

    boolean succeeded() {
        return outcome.equals("OK");
    }

    /** When it was due, or the first that is known of it. */
    long begin() {
        return scheduled != ABSENT ? scheduled : sent != ABSENT ? sent : closed;
    }

    /** Nanoseconds from one instant to another; {@link #ABSENT} where either is not known. */
    static long between(long from, long to) {
        return from == ABSENT || to == ABSENT ? ABSENT : to - from;
    }
}
