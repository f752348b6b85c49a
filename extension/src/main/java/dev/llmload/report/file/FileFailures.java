package dev.llmload.report.file;

import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;

/** Says why a file could not be written: the JDK's own messages are often no more than the file's name. */
public final class FileFailures {
    private FileFailures() {}

    /**
     * The reason in a few words: {@code No space left on device}.
     *
     * @param failure of writing a file
     */
    public static String reason(Throwable failure) {
        if (failure instanceof AccessDeniedException) {
            return "access denied";
        }
        if (failure instanceof NoSuchFileException) {
            return "its folder is gone";
        }
        if (failure instanceof FileSystemException named && named.getReason() != null) {
            return named.getReason();
        }
        String message = failure.getMessage();
        return message == null || message.isBlank() ? failure.getClass().getSimpleName() : message;
    }
}
