package dev.llmload.load.ruler;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.net.URI;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * An endpoint within the process that streams the OpenAI format by a plan in its path, and whose every token is the instant at
 * which it was written: what a client reads later than that is the client's lateness. Its thread is its own, so the loops that it
 * measures do not wait for it.
 */
public final class RulerServer implements AutoCloseable {
    private static final long LOOK_MILLIS = 1;
    private static final long LOOK_NANOS = 20_000;

    private final Selector selector;
    private final ServerSocketChannel listening;
    private final List<RulerConnection> connections = new ArrayList<>();
    private final Thread thread = new Thread(this::serve, "llm-load-ruler");
    private final boolean exact;
    private volatile boolean running = true;

    /**
     * Listens on a loopback port from now on.
     *
     * @param exact whether tokens are written when they are due rather than up to a millisecond later; it costs a tenth of a
     *     core while answers are streamed
     * @throws UncheckedIOException if this machine has no port or descriptor left
     */
    public RulerServer(boolean exact) {
        this.exact = exact;
        try {
            selector = Selector.open();
            listening = ServerSocketChannel.open();
            listening.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 512);
            listening.configureBlocking(false);
            listening.register(selector, SelectionKey.OP_ACCEPT);
        } catch (IOException e) {
            throw new UncheckedIOException("the server that measures the client could not be started: " + e, e);
        }
        thread.setDaemon(true);
        thread.start();
    }

    /** Scheme, host and port. */
    public URI uri() {
        return URI.create("http://127.0.0.1:" + listening.socket().getLocalPort());
    }

    /**
     * Where answers follow a plan.
     *
     * @param tokens of an answer
     * @param gapMicros from one write to the next, at least 0
     * @param perWrite tokens in each write
     */
    public URI plan(int tokens, int gapMicros, int perWrite) {
        return uri().resolve("/ruler/" + tokens + "/" + gapMicros + "/" + perWrite);
    }

    @Override
    public void close() {
        running = false;
        selector.wakeup();
        try {
            thread.join(TimeUnit.SECONDS.toMillis(1));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void serve() {
        try {
            while (running) {
                turn();
            }
        } catch (IOException e) {
            // The selector itself failed: its streams end, and what they should have measured is not measured.
        } finally {
            connections.forEach(RulerConnection::close);
            closeQuietly();
        }
    }

    private void turn() throws IOException {
        await(connections.stream().anyMatch(RulerConnection::streaming));
        for (SelectionKey key : selector.selectedKeys()) {
            if (!key.isValid()) {
                continue;
            }
            if (key.isAcceptable()) {
                accept();
            } else {
                ((RulerConnection) key.attachment()).ready();
            }
        }
        selector.selectedKeys().clear();
        long now = System.nanoTime();
        connections.forEach(connection -> connection.write(now));
        connections.removeIf(RulerConnection::closed);
    }

    private void await(boolean streaming) throws IOException {
        if (!streaming) {
            selector.select(TimeUnit.SECONDS.toMillis(1));
        } else if (!exact) {
            selector.select(LOOK_MILLIS);
        } else if (selector.selectNow() == 0) {
            LockSupport.parkNanos(LOOK_NANOS);
            selector.selectNow();
        }
    }

    private void accept() throws IOException {
        SocketChannel channel = listening.accept();
        if (channel == null) {
            return;
        }
        channel.configureBlocking(false);
        channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
        RulerConnection connection = new RulerConnection(channel);
        connection.watch(channel.register(selector, SelectionKey.OP_READ, connection));
        connections.add(connection);
    }

    private void closeQuietly() {
        try {
            listening.close();
            selector.close();
        } catch (IOException e) {
            // Nobody can do anything about it, and the process goes on.
        }
    }
}
