package dev.llmload.benchmark;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** What the figures were measured on, and what else it did meanwhile. */
final class Machine {
    private static final OperatingSystemMXBean SYSTEM =
            ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
    private static final double TICKS_PER_SECOND = 100;
    private static final int STOLEN = 7;

    private Machine() {}

    /** Processor, cores, kernel and JVM in one line. */
    static String describe() {
        String cpu = lines("/proc/cpuinfo").stream()
                .filter(line -> line.startsWith("model name"))
                .map(line -> line.substring(line.indexOf(':') + 1).strip())
                .findFirst()
                .orElse("unknown processor");
        return String.format(
                Locale.ROOT,
                "%d x %s, %s %s, Java %s, %s",
                Runtime.getRuntime().availableProcessors(),
                cpu,
                System.getProperty("os.name"),
                System.getProperty("os.version"),
                System.getProperty("java.version"),
                String.join("+", collectors()));
    }

    /** CPU time that this process has used, in seconds. */
    static double cpuSeconds() {
        return SYSTEM.getProcessCpuTime() / 1e9;
    }

    /** Milliseconds in which collectors have run. */
    static long collectionMillis() {
        return ManagementFactory.getGarbageCollectorMXBeans().stream()
                .mapToLong(GarbageCollectorMXBean::getCollectionTime)
                .sum();
    }

    /** Ticks so far of all processors together: how many were busy, and how many the hypervisor took away. */
    record Ticks(double busySeconds, double stolenSeconds, long nanos) {
        static Ticks now() {
            long[] fields = lines("/proc/stat").stream()
                    .filter(line -> line.startsWith("cpu "))
                    .flatMapToLong(line ->
                            Arrays.stream(line.substring(4).strip().split(" +")).mapToLong(Long::parseLong))
                    .toArray();
            if (fields.length <= STOLEN) {
                return new Ticks(Double.NaN, Double.NaN, System.nanoTime());
            }
            // user nice system idle iowait irq softirq stolen
            long busy = fields[0] + fields[1] + fields[2] + fields[5] + fields[6];
            return new Ticks(busy / TICKS_PER_SECOND, fields[STOLEN] / TICKS_PER_SECOND, System.nanoTime());
        }

        /** Cores that others kept busy since then: all CPU time but what is known to be ours, and what was stolen. */
        double othersSince(Ticks then, double ownCpuSeconds) {
            double all = busySeconds - then.busySeconds + stolenSeconds - then.stolenSeconds;
            return Math.max(0, (all - ownCpuSeconds) / ((nanos - then.nanos) / 1e9));
        }
    }

    private static List<String> collectors() {
        return ManagementFactory.getGarbageCollectorMXBeans().stream()
                .map(GarbageCollectorMXBean::getName)
                .toList();
    }

    private static List<String> lines(String file) {
        try {
            return Files.readAllLines(Path.of(file));
        } catch (IOException e) {
            return List.of();
        }
    }
}
