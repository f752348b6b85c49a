package dev.llmload.protocol;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.llmload.result.request.RequestRecord;
import java.io.IOException;

/** Reads token counts; what is no whole number from 0 to 2^31 − 1 is unknown. */
final class Counts {
    private Counts() {}

    /** The next value of the parser. */
    static int read(JsonParser json) throws IOException {
        JsonToken token = json.nextToken();
        if (!token.isNumeric()) {
            json.skipChildren();
            return RequestRecord.UNKNOWN;
        }
        double value = json.getDoubleValue();
        boolean count = value >= 0 && value <= Integer.MAX_VALUE && value == Math.rint(value);
        return count ? (int) value : RequestRecord.UNKNOWN;
    }

    /** One member of the object that is the next value of the parser. */
    static int inObject(JsonParser json, String name) throws IOException {
        int count = RequestRecord.UNKNOWN;
        if (json.nextToken() != JsonToken.START_OBJECT) {
            json.skipChildren();
            return count;
        }
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            if (json.currentName().equals(name)) {
                count = read(json);
            } else {
                json.nextToken();
                json.skipChildren();
            }
        }
        return count;
    }
}
