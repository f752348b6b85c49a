package dev.llmload.prompt;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** Files that are no text in UTF-8, or not the file that was meant, told by their first bytes. */
final class ForeignFile {
    private static final String UNPACK = "; unpack it first";
    private static final String TEXT = "; write it as .jsonl, one JSON object per line";

    /** Of the first bytes, in hexadecimal. */
    private static final Map<String, String> BINARY = new LinkedHashMap<>();

    /** Of the first characters, in small letters. */
    private static final Map<String, String> TEXTS = new LinkedHashMap<>();

    static {
        BINARY.put("fffe", "it is UTF-16, not UTF-8; save the file as UTF-8");
        BINARY.put("feff", "it is UTF-16, not UTF-8; save the file as UTF-8");
        BINARY.put("5041523115", "it is a Parquet file, which is not read here" + TEXT);
        BINARY.put("4152524f57310000", "it is an Arrow file, which is not read here" + TEXT);
        BINARY.put("1f8b", "it is compressed (gzip)" + UNPACK);
        BINARY.put("28b52ffd", "it is compressed (zstd)" + UNPACK);
        BINARY.put("fd377a585a00", "it is compressed (xz)" + UNPACK);
        BINARY.put("425a6839314159265359", "it is compressed (bzip2)" + UNPACK);
        BINARY.put("504b0304", "it is an archive (zip)" + UNPACK);
        TEXTS.put(
                "version https://git-lfs.github.com/",
                "it is a pointer of Git LFS, not the file itself; fetch that with `git lfs pull`");
        TEXTS.put(
                "<!doctype html", "it is a page of HTML, not a file of prompts; was a login or error page downloaded?");
        TEXTS.put("<html", "it is a page of HTML, not a file of prompts; was a login or error page downloaded?");
    }

    private ForeignFile() {}

    /** What it is and what to do; empty if it may be a text, or, where it must be JSON, may be that. */
    static String of(byte[] bytes, int length, boolean json) {
        int size = Math.min(length, 64);
        String hex = HexFormat.of().formatHex(bytes, 0, size);
        String text = new String(bytes, 0, size, StandardCharsets.ISO_8859_1)
                .stripLeading()
                .toLowerCase(Locale.ROOT);
        return BINARY.entrySet().stream()
                .filter(known -> hex.startsWith(known.getKey()))
                .findFirst()
                .or(() -> TEXTS.entrySet().stream()
                        .filter(known -> json && text.startsWith(known.getKey()))
                        .findFirst())
                .map(Map.Entry::getValue)
                .orElse("");
    }
}
