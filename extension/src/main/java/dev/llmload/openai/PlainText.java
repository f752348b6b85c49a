package dev.llmload.openai;

/** The inside of a JSON string that needs no second look. */
final class PlainText {
    private PlainText() {}

    /** Whether the range is well-formed UTF-8 (RFC 3629) without quote, backslash and control characters. */
    static boolean is(byte[] bytes, int from, int to) {
        int at = from;
        while (at < to) {
            byte b = bytes[at];
            if (b >= ' ') {
                if (b == '"' || b == '\\') {
                    return false;
                }
                at++;
            } else {
                int length = b < 0 ? sequence(bytes, at, to) : 0;
                if (length == 0) {
                    return false;
                }
                at += length;
            }
        }
        return true;
    }

    /** Length of the well-formed sequence of several bytes at this place, or 0 if it is none. */
    private static int sequence(byte[] bytes, int at, int to) {
        int lead = bytes[at] & 0xFF;
        int length = lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : 2;
        if (lead < 0xC2 || lead > 0xF4 || at + length > to) {
            return 0;
        }
        for (int i = 1; i < length; i++) {
            if ((bytes[at + i] & 0xC0) != 0x80) {
                return 0;
            }
        }
        int second = bytes[at + 1] & 0xFF;
        boolean overlong = lead == 0xE0 && second < 0xA0 || lead == 0xF0 && second < 0x90;
        boolean surrogate = lead == 0xED && second > 0x9F;
        boolean beyond = lead == 0xF4 && second > 0x8F;
        return overlong || surrogate || beyond ? 0 : length;
    }
}
