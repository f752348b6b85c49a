package dev.llmload.load.wire;

import com.sun.management.UnixOperatingSystemMXBean;
import java.io.BufferedReader;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Recognises failures that this machine caused, not the endpoint: descriptors, local ports, threads or memory ran out.
 * Each is told with the limit as this process sees it, and with what to do. Operating systems differ in the words.
 */
final class ClientLimit {
    private static final List<String> DESCRIPTORS = List.of("too many open files", "too many files open");
    private static final List<String> PORTS = List.of(
            "assign requested address", // "Cannot …" on Linux, "Can't …" on macOS
            "address already in use",
            "only one usage of each socket address",
            "resource temporarily unavailable");
    private static final List<String> KERNEL_MEMORY = List.of(
            "no buffer space available", "cannot allocate memory", "lacked sufficient buffer space", "queue was full");
    private static final Path PORT_RANGE = Path.of("/proc/sys/net/ipv4/ip_local_port_range");
    private static final long SPARE = 2;

    private ClientLimit() {}

    /**
     * Which limit of this machine a failure is about, with the remedy; empty if it is none.
     *
     * @param failure of opening or using a connection
     * @param reached whether a connection to this endpoint was ever made: an address that never worked is one that this
     *     host has no route to, not a lack of ports
     */
    static Optional<String> of(Throwable failure, boolean reached) {
        Throwable cause = failure;
        for (int depth = 0; cause != null && depth < 20; depth++, cause = cause.getCause()) {
            Optional<String> limit = one(cause, reached);
            if (limit.isPresent()) {
                return limit;
            }
        }
        return Optional.empty();
    }

    private static Optional<String> one(Throwable cause, boolean reached) {
        String message = String.valueOf(cause.getMessage()).toLowerCase(Locale.ROOT);
        if (cause instanceof OutOfMemoryError) {
            return Optional.of(memory(message, String.valueOf(cause.getMessage())));
        }
        if (holds(message, DESCRIPTORS)) {
            return Optional.of(message.contains("in system") ? descriptorsOfHost() : descriptors());
        }
        if (cause instanceof UnknownHostException && descriptorsAreUsedUp()) {
            return Optional.of(descriptors());
        }
        if (holds(message, KERNEL_MEMORY)) {
            return Optional.of("the operating system has no memory left for another connection (" + cause.getMessage()
                    + "); lower the number of users, or give this machine more memory");
        }
        if (reached && holds(message, PORTS)) {
            return Optional.of(ports(String.valueOf(cause.getMessage())));
        }
        return Optional.empty();
    }

    private static boolean holds(String message, List<String> words) {
        return words.stream().anyMatch(message::contains);
    }

    private static String descriptors() {
        OptionalLong most = mostDescriptors();
        return "Too many open files: this process may have "
                + (most.isPresent() ? Long.toString(most.getAsLong()) : "no more")
                + " files and connections open at a time (ulimit -n), and each user needs one of them; raise the limit,"
                + " for example with `ulimit -n 65536`, or lower the number of users";
    }

    private static String descriptorsOfHost() {
        return "Too many open files in system: all processes of this host together have as many open as it allows"
                + " (fs.file-max); raise that limit, or lower the number of users";
    }

    private static String ports(String said) {
        return said + ": this host has no local port left for the endpoint" + portRange()
                + "; widen the range, lower the number of users, or let the server keep its connections alive";
    }

    private static String memory(String message, String said) {
        if (message.contains("native thread")) {
            return "no more threads (" + said
                    + "); raise the limit of processes (ulimit -u) or of the container (pids)";
        }
        return "out of memory (" + said + "); give the JVM more (-Xmx, -XX:MaxDirectMemorySize), or lower the number of"
                + " users";
    }

    private static String portRange() {
        try (BufferedReader range = Files.newBufferedReader(PORT_RANGE)) {
            String[] ends = String.valueOf(range.readLine()).strip().split("\\s+");
            return ends.length == 2 ? " (net.ipv4.ip_local_port_range is " + ends[0] + " to " + ends[1] + ")" : "";
        } catch (IOException | RuntimeException e) {
            return ""; // not Linux, or no descriptor left to read it
        }
    }

    /** Most files that this process may have open; empty where the operating system has no such limit. */
    static OptionalLong mostDescriptors() {
        return ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean unix
                ? OptionalLong.of(unix.getMaxFileDescriptorCount())
                : OptionalLong.empty();
    }

    private static boolean descriptorsAreUsedUp() {
        return ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean unix
                && unix.getOpenFileDescriptorCount() > unix.getMaxFileDescriptorCount() - SPARE;
    }
}
