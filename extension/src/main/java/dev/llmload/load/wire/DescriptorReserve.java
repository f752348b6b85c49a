package dev.llmload.load.wire;

import java.io.Closeable;
import java.io.FileInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * File descriptors that are kept from the load: held open while connections are made, so that a load that meets the limit
 * of open files leaves some for the files of the run, which are written afterwards. Used by one thread.
 */
public final class DescriptorReserve implements AutoCloseable {
    /** Enough for the result files, for attachments, and for classes that are loaded late. */
    static final int MOST = 48;

    private static final int SHARE = 6;
    private static final Path NOTHING = Path.of("/dev/null");

    private final List<Closeable> held = new ArrayList<>();

    private DescriptorReserve() {}

    /** Holds up to {@value #MOST} descriptors, a sixth of what the process may have at most; none where there is no limit. */
    public static DescriptorReserve hold() {
        DescriptorReserve reserve = new DescriptorReserve();
        long most = Math.min(MOST, ClientLimit.mostDescriptors().orElse(0) / SHARE);
        try {
            while (reserve.held.size() < most && Files.exists(NOTHING)) {
                reserve.held.add(new FileInputStream(NOTHING.toFile()));
            }
        } catch (IOException e) {
            // There are no more: what was got is the reserve.
        }
        return reserve;
    }

    int size() {
        return held.size();
    }

    /** Gives them back. */
    @Override
    public void close() {
        for (Closeable each : held) {
            try {
                each.close();
            } catch (IOException e) {
                // It was only opened, so there is nothing to lose.
            }
        }
        held.clear();
    }
}
