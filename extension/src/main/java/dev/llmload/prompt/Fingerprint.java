package dev.llmload.prompt;

import dev.llmload.result.ChatMessage;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** SHA-256 over roles and texts in their order. Used once, by one thread. */
public final class Fingerprint {
    private final MessageDigest digest;

    public Fingerprint() {
        try {
            digest = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    public void add(Prompt prompt) {
        for (ChatMessage message : prompt.messages()) {
            add(message.role());
            add(message.content());
            if (!message.extra().isEmpty()) {
                add(message.extra());
            }
        }
        digest.update((byte) 0xFF);
    }

    // 0xFE is never part of UTF-8, so no two lists of texts read the same.
    public void add(String text) {
        digest.update(text.getBytes(StandardCharsets.UTF_8));
        digest.update((byte) 0xFE);
    }

    public String hex() {
        return HexFormat.of().formatHex(digest.digest());
    }
}
