package dev.llmload.load.wire;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/**
 * How long a thread has waited for a processor though it could have run, as Linux counts it: the second number of
 * {@code /proc/thread-self/schedstat}. Another program kept it waiting then, not this client. About a microsecond a reading;
 * confined to one thread at a time.
 */
final class RunQueueWait implements AutoCloseable {
    /** This operating system does not tell. */
    static final long UNKNOWN = -1;

    private static final Path OF_THIS_THREAD = Path.of("/proc/thread-self/schedstat");
    private static final int MOST_BYTES = 96;

    private final ByteBuffer bytes = ByteBuffer.allocateDirect(MOST_BYTES);
    private @Nullable FileChannel file;

    private RunQueueWait(@Nullable FileChannel file) {
        this.file = file;
    }

    /** Of the thread that calls. Others may read it. */
    static RunQueueWait ofThisThread() {
        return of(OF_THIS_THREAD);
    }

    static RunQueueWait of(Path schedstat) {
        try {
            return new RunQueueWait(FileChannel.open(schedstat, StandardOpenOption.READ));
        } catch (IOException | RuntimeException e) {
            return new RunQueueWait(null); // not Linux, or no descriptor left
        }
    }

    /** Nanoseconds since the thread began, or {@link #UNKNOWN}. */
    long nanos() {
        FileChannel open = file;
        if (open == null) {
            return UNKNOWN;
        }
        try {
            bytes.clear();
            open.read(bytes, 0);
            bytes.flip();
        } catch (IOException e) {
            close(); // the thread is gone, or was interrupted
            return UNKNOWN;
        }
        return secondNumber();
    }

    private long secondNumber() {
        long number = 0;
        boolean second = false;
        boolean digits = false;
        while (bytes.hasRemaining()) {
            byte next = bytes.get();
            if (next >= '0' && next <= '9') {
                number = number * 10 + (next - '0');
                digits = second;
            } else if (second) {
                return digits ? number : UNKNOWN;
            } else {
                second = true;
                number = 0;
            }
        }
        return second && digits ? number : UNKNOWN;
    }

    @Override
    public void close() {
        FileChannel open = file;
        file = null;
        if (open != null) {
            try {
                open.close();
            } catch (IOException e) {
                // It was only read.
            }
        }
    }
}
