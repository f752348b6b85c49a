package dev.llmload.prompt;

import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;

/** The bytes of a source: read through from the start, or piece by piece. Safe for use by any thread. */
public sealed interface Content {
    /** How many there are. */
    long size();

    /** From the first one on. */
    InputStream open() throws IOException;

    /** Some of them. */
    byte[] slice(long offset, int length) throws IOException;

    /** What has no file of its own, such as a resource in a jar. */
    @SuppressWarnings("ArrayRecordComponent")
    record InMemory(byte[] bytes) implements Content {
        @Override
        public long size() {
            return bytes.length;
        }

        @Override
        public InputStream open() {
            return new ByteArrayInputStream(bytes);
        }

        @Override
        public byte[] slice(long offset, int length) {
            return Arrays.copyOfRange(bytes, (int) offset, (int) offset + length);
        }
    }

    /** A file; kept open, because a run reads it piece by piece. The JVM closes it when nobody holds it any more. */
    record OnDisk(Path path, FileChannel channel) implements Content {
        public static OnDisk of(Path path) throws IOException {
            return new OnDisk(path, FileChannel.open(path, StandardOpenOption.READ));
        }

        @Override
        public long size() {
            try {
                return Files.size(path);
            } catch (IOException e) {
                return 0;
            }
        }

        @Override
        public InputStream open() throws IOException {
            return Channels.newInputStream(FileChannel.open(path, StandardOpenOption.READ));
        }

        @Override
        public byte[] slice(long offset, int length) throws IOException {
            ByteBuffer buffer = ByteBuffer.allocate(length);
            while (buffer.hasRemaining()) {
                if (channel.read(buffer, offset + buffer.position()) < 0) {
                    throw new EOFException("the file is shorter than it was");
                }
            }
            return buffer.array();
        }
    }
}
