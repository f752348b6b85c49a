package dev.llmload.benchmark;

import dev.llmload.simulator.Simulator;
import dev.llmload.simulator.SimulatorSettings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * What the simulator alone sustains: streams that tick together, read by one thread that looks at nothing but the last
 * bytes of each read. Prints, for a growing rate, the rate that came, how late the steps were, and what it cost.
 *
 * <pre>{@code java -cp ... dev.llmload.benchmark.SimulatorLimit [streams [seconds [tok/s ...]]]}</pre>
 */
public final class SimulatorLimit {
    private static final byte[] END = "0\r\n\r\n".getBytes(StandardCharsets.US_ASCII);

    private SimulatorLimit() {}

    /**
     * Runs it.
     *
     * @param args number of streams (1000), seconds a rate (10), rates in tok/s (20000 40000 60000 80000 100000)
     */
    public static void main(String[] args) throws IOException, InterruptedException {
        int streams = args.length > 0 ? Integer.parseInt(args[0]) : 1000;
        int seconds = args.length > 1 ? Integer.parseInt(args[1]) : 10;
        List<Integer> rates = new ArrayList<>();
        for (int i = 2; i < args.length; i++) {
            rates.add(Integer.parseInt(args[i]));
        }
        if (rates.isEmpty()) {
            rates.addAll(List.of(20_000, 40_000, 60_000, 80_000, 100_000));
        }
        print(
                "%d streams, %d s a rate, %d cores%n",
                streams, seconds, Runtime.getRuntime().availableProcessors());
        print("%10s %10s %7s  %28s %14s %12s%n", "asked", "came", "", "step lateness", "simulator", "reader");
        print(
                "%10s %10s %7s  %9s %9s %8s %14s %12s%n",
                "tok/s", "tok/s", "share", "p50", "p99", "mean", "of a core", "of a core");
        measure(streams, 5, 20_000); // warm-up, printed like the others
        for (int rate : rates) {
            measure(streams, seconds, rate);
        }
    }

    private static void measure(int streams, int seconds, int rate) throws IOException, InterruptedException {
        String spec = "simulator?engine=batch&maxBatch=" + streams + "&stepTokens=65536&prefillRate=100000000&stepBase="
                + 1_000_000_000L * streams / rate
                + "ns&perSequence=0&perContextToken=0&kvTokens=1000000&tokens=150..250";
        try (Simulator simulator = Simulator.start(SimulatorSettings.parse(spec))) {
            Reader reader = new Reader(simulator.port(), streams);
            Thread thread = new Thread(reader, "reader");
            thread.setDaemon(true);
            thread.start();
            while (simulator.stats().running() < streams) {
                Thread.sleep(10);
            }
            Thread.sleep(2000);
            Map<String, Double> before = metrics(simulator);
            long simulatorCpu = cpu("vert.x-eventloop-thread");
            long readerCpu = cpu("reader");
            long start = System.nanoTime();
            Thread.sleep(seconds * 1000L);
            Map<String, Double> after = metrics(simulator);
            double elapsed = System.nanoTime() - start;
            double came = delta(before, after, "vllm:generation_tokens_total") / (elapsed / 1e9);
            double mean = delta(before, after, "simulator:step_lateness_seconds_sum")
                    / delta(before, after, "simulator:step_lateness_seconds_count");
            print(
                    "%10d %10.0f %6.1f%%  %9s %9s %5.2f ms %13.0f%% %11.0f%%%n",
                    rate,
                    came,
                    100 * came / rate,
                    quantile(before, after, 0.5),
                    quantile(before, after, 0.99),
                    mean * 1000,
                    100 * (cpu("vert.x-eventloop-thread") - simulatorCpu) / elapsed,
                    100 * (cpu("reader") - readerCpu) / elapsed);
            thread.interrupt();
            thread.join();
        }
    }

    /** The bucket in which a quantile of the lateness lies. */
    private static String quantile(Map<String, Double> before, Map<String, Double> after, double q) {
        String bucket = "simulator:step_lateness_seconds_bucket";
        double rank = q * delta(before, after, "simulator:step_lateness_seconds_count");
        for (String key : after.keySet()) {
            if (key.startsWith(bucket) && delta(before, after, key) >= rank) {
                String bound = key.substring(bucket.length());
                return bound.equals("+Inf")
                        ? "> 1 s"
                        : String.format(Locale.ROOT, "<%.1f ms", Double.parseDouble(bound) * 1000);
            }
        }
        return "?";
    }

    private static double delta(Map<String, Double> before, Map<String, Double> after, String key) {
        return after.get(key) - before.getOrDefault(key, 0.0);
    }

    /** By name; of a bucket also by its bound. */
    private static Map<String, Double> metrics(Simulator simulator) throws IOException, InterruptedException {
        String text = HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create(simulator.url() + "/metrics"))
                                .build(),
                        BodyHandlers.ofString())
                .body();
        Map<String, Double> values = new LinkedHashMap<>();
        text.lines().filter(line -> !line.startsWith("#")).forEach(line -> {
            int bound = line.indexOf("le=\"");
            String suffix = bound < 0 ? "" : line.substring(bound + 4, line.indexOf('"', bound + 4));
            values.put(
                    line.substring(0, line.indexOf('{')) + suffix,
                    Double.parseDouble(line.substring(line.lastIndexOf(' '))));
        });
        return values;
    }

    private static long cpu(String threadName) {
        ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        long sum = 0;
        for (long id : threads.getAllThreadIds()) {
            var info = threads.getThreadInfo(id);
            if (info != null && info.getThreadName().startsWith(threadName)) {
                sum += Math.max(0, threads.getThreadCpuTime(id));
            }
        }
        return sum;
    }

    private static void print(String format, Object... values) {
        System.out.printf(Locale.ROOT, format, values);
    }

    /** Holds the streams open and asks again when one has ended. */
    private static final class Reader implements Runnable {
        private final byte[] request;
        private final Selector selector = Selector.open();
        private final ByteBuffer buffer = ByteBuffer.allocateDirect(1 << 16);

        Reader(int port, int streams) throws IOException {
            String body = "{\"model\":\"simulated-model\",\"stream\":true,"
                    + "\"messages\":[{\"role\":\"user\",\"content\":\"Tell me something.\"}]}";
            request = ("POST /v1/chat/completions HTTP/1.1\r\nHost: localhost\r\nContent-Length: " + body.length()
                            + "\r\n\r\n" + body)
                    .getBytes(StandardCharsets.US_ASCII);
            for (int i = 0; i < streams; i++) {
                SocketChannel channel =
                        SocketChannel.open(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
                channel.configureBlocking(false);
                channel.register(selector, SelectionKey.OP_READ, new byte[END.length]);
                channel.write(ByteBuffer.wrap(request));
            }
        }

        @Override
        public void run() {
            try {
                while (!Thread.interrupted()) {
                    selector.select(this::read);
                }
                for (SelectionKey key : selector.keys()) {
                    key.channel().close();
                }
                selector.close();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        private void read(SelectionKey key) {
            try {
                SocketChannel channel = (SocketChannel) key.channel();
                buffer.clear();
                int count = channel.read(buffer);
                if (count < 0) {
                    throw new IOException("a stream ended");
                }
                if (ended((byte[]) key.attachment(), count)) {
                    channel.write(ByteBuffer.wrap(request));
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        /** Whether a response's last chunk came, by the last five bytes of the connection. */
        private boolean ended(byte[] last, int count) {
            int kept = Math.max(0, last.length - count);
            System.arraycopy(last, last.length - kept, last, 0, kept);
            buffer.position(count - (last.length - kept));
            buffer.limit(count);
            buffer.get(last, kept, last.length - kept);
            return Arrays.equals(last, END);
        }
    }
}
