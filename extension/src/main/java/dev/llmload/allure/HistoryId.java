package dev.llmload.allure;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** What a result is compared with in later runs: test and level, not the index that a new level would shift. */
final class HistoryId {
    private HistoryId() {}

    static String of(String test, String level) {
        try {
            byte[] name = (test + "@" + level).getBytes(StandardCharsets.UTF_8);
            return HexFormat.of().formatHex(MessageDigest.getInstance("MD5").digest(name));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has MD5", e);
        }
    }
}
