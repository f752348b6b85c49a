package dev.llmload.protocol;

/** The inside of a JSON string. */
final class JsonText {
    private JsonText() {}

    /**
     * Whether the range is certainly the inside of a JSON string (RFC 8259): well-formed UTF-8 (RFC 3629) and whole escapes,
     * without a quote or control character of its own.
     */
    static boolean is(byte[] bytes, int from, int to) {
        int at = from;
        while (at < to) {
            byte b = bytes[at];
            if (b >= ' ' && b != '"' && b != '\\') {
                at++;
            } else {
                int length = b < 0 ? sequence(bytes, at, to) : b == '\\' ? escape(bytes, at, to) : 0;
                if (length == 0) {
                    return false;
                }
                at += length;
            }
        }
        return true;
    }

    /** Index of the first quote that is not escaped, or {@code to}. */
    static int end(byte[] bytes, int from, int to) {
        int at = from;
        while (at < to && bytes[at] != '"') {
            at += bytes[at] == '\\' ? 2 : 1;
        }
        return Math.min(at, to);
    }

    /** Length of the escape at this place, or 0 if it is none. */
    private static int escape(byte[] bytes, int at, int to) {
        if (at + 1 == to) {
            return 0;
        }
        return switch (bytes[at + 1]) {
            case '"', '\\', '/', 'b', 'f', 'n', 'r', 't' -> 2;
            case 'u' -> isHex(bytes, at + 2, at + 6, to) ? 6 : 0;
            default -> 0;
        };
    }

    private static boolean isHex(byte[] bytes, int from, int end, int to) {
        if (end > to) {
            return false;
        }
        for (int i = from; i < end; i++) {
            if (Character.digit((char) (bytes[i] & 0xFF), 16) < 0) {
                return false;
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
