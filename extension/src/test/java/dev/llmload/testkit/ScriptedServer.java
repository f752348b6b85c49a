package dev.llmload.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A server on a loopback port that does to each connection exactly what the test's script says, byte for byte. Every
 * connection has a thread of its own; nothing waits for time, scripts wait for latches.
 */
public final class ScriptedServer implements AutoCloseable {
    private final ServerSocket socket;
    private final Script script;
    private final List<Connection> connections = new CopyOnWriteArrayList<>();
    private final List<Throwable> failures = new CopyOnWriteArrayList<>();
    private final AtomicInteger count = new AtomicInteger();
    private volatile boolean closed;

    /** What happens on one connection; the connection is closed when it returns. */
    @FunctionalInterface
    public interface Script {
        void serve(Connection connection) throws Exception;
    }

    private ScriptedServer(ServerSocket socket, Script script) {
        this.socket = socket;
        this.script = script;
    }

    /** A server that accepts at once. */
    public static ScriptedServer start(Script script) {
        ScriptedServer server = listening(script, 512);
        server.accept();
        return server;
    }

    /** A server that listens, but accepts nothing until it is told to; the kernel completes this many handshakes. */
    public static ScriptedServer listening(Script script, int backlog) {
        try {
            return new ScriptedServer(new ServerSocket(0, backlog, InetAddress.getLoopbackAddress()), script);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A server on a socket of the test's making, for example a TLS one. */
    public static ScriptedServer on(ServerSocket socket, Script script) {
        ScriptedServer server = new ScriptedServer(socket, script);
        server.accept();
        return server;
    }

    /** Starts accepting. */
    public void accept() {
        daemon(this::acceptAll, "scripted-accept");
    }

    public String url() {
        return "http://127.0.0.1:" + port();
    }

    public int port() {
        return socket.getLocalPort();
    }

    /** Connections accepted so far. */
    public int connections() {
        return count.get();
    }

    /** What went wrong in scripts other than by the peer's going away. */
    public List<Throwable> failures() {
        return failures;
    }

    @Override
    public void close() {
        closed = true;
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        connections.forEach(Connection::close);
    }

    private void acceptAll() {
        while (!closed) {
            try {
                Socket accepted = socket.accept();
                daemon(() -> serve(accepted), "scripted-connection");
            } catch (IOException e) {
                return;
            }
        }
    }

    private void serve(Socket accepted) {
        try (Connection connection = new Connection(accepted, count.getAndIncrement())) {
            connections.add(connection);
            script.serve(connection);
        } catch (IOException e) {
            // The client went away, or the test did.
        } catch (Exception | AssertionError e) {
            failures.add(e);
        }
    }

    private static void daemon(Runnable task, String name) {
        Thread thread = new Thread(task, name);
        thread.setDaemon(true);
        thread.start();
    }
}
