package dev.llmload.report.console;

import java.nio.charset.Charset;
import java.util.Map;

/** Which characters a console can show. */
public enum Glyphs {
    /** All of Unicode. */
    UNICODE {
        @Override
        public String of(String text) {
            return text;
        }
    },
    /** Only ASCII: box drawing becomes {@code +-|}, a check mark {@code +}, a cross {@code x}. Widths stay the same. */
    ASCII {
        @Override
        public String of(String text) {
            StringBuilder plain = new StringBuilder(text.length());
            text.codePoints().forEach(c -> plain.append(c < 128 ? (char) c : ascii(c)));
            return plain.toString();
        }
    };

    private static final Map<Integer, Character> LOOKALIKES = Map.ofEntries(
            Map.entry((int) '✔', '+'),
            Map.entry((int) '✘', 'x'),
            Map.entry((int) '×', 'x'),
            Map.entry((int) '–', '-'),
            Map.entry((int) '−', '-'),
            Map.entry((int) '→', '>'),
            Map.entry((int) '·', '|'),
            Map.entry((int) '…', '.'),
            Map.entry((int) 'µ', 'u'),
            Map.entry((int) '±', '~'),
            Map.entry((int) '█', '#'),
            Map.entry((int) '░', '.'),
            Map.entry((int) '═', '='),
            Map.entry((int) '─', '-'),
            Map.entry((int) '║', '|'));

    /** The text in characters that the console has. */
    public abstract String of(String text);

    /** What a character set can show: all for UTF-8 and its kin, ASCII for every other. */
    public static Glyphs of(Charset charset) {
        return charset.name().startsWith("UTF-") ? UNICODE : ASCII;
    }

    /** What standard output can show. */
    public static Glyphs ofConsole() {
        String name = System.getProperty("stdout.encoding", System.getProperty("sun.stdout.encoding", ""));
        try {
            return of(name.isEmpty() ? Charset.defaultCharset() : Charset.forName(name));
        } catch (IllegalArgumentException unknown) {
            return ASCII;
        }
    }

    private static char ascii(int c) {
        boolean corner = c >= 0x2550 && c <= 0x256C;
        return LOOKALIKES.getOrDefault(c, corner ? '+' : '?');
    }
}
