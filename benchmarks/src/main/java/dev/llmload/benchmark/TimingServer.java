package dev.llmload.benchmark;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.concurrent.TimeUnit;

/** The server with ground truth, a process of its own on a free port of this host. */
final class TimingServer implements AutoCloseable {
    private final Process process;
    private final int port;

    private TimingServer(Process process, int port) {
        this.process = process;
        this.port = port;
    }

    /**
     * Starts it, and waits until it listens.
     *
     * @param core its own, if not negative
     * @param priority real-time priority with which it writes when it says so, whatever else runs; 0: none
     */
    static TimingServer start(int core, int priority) {
        int port = freePort();
        TimingServer server =
                new TimingServer(Programs.start("sse-server", core, priority, false, Integer.toString(port)), port);
        Runtime.getRuntime().addShutdownHook(new Thread(server.process::destroy));
        server.awaitListening();
        return server;
    }

    int port() {
        return port;
    }

    String url() {
        return "http://127.0.0.1:" + port;
    }

    /** CPU time it has used so far, in seconds. */
    double cpuSeconds() {
        return process.info().totalCpuDuration().map(cpu -> cpu.toNanos() / 1e9).orElse(Double.NaN);
    }

    @Override
    public void close() {
        process.destroy();
    }

    private void awaitListening() {
        for (int i = 0; i < 500; i++) {
            try {
                new Socket(InetAddress.getLoopbackAddress(), port).close();
                return;
            } catch (IOException notYet) {
                pause();
            }
        }
        throw new IllegalStateException("sse-server does not listen on port " + port + " after 10 s");
    }

    private static void pause() {
        try {
            TimeUnit.MILLISECONDS.sleep(20);
        } catch (InterruptedException e) {
            throw new IllegalStateException("interrupted", e);
        }
    }

    private static int freePort() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException("no free port", e);
        }
    }
}
