package dev.llmload.testkit;

import java.io.BufferedInputStream;
import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** One connection of a {@link ScriptedServer}: reads requests, writes exactly the bytes it is given. */
public final class Connection implements Closeable {
    private final Socket socket;
    private final int index;
    private final InputStream in;
    private final OutputStream out;

    Connection(Socket socket, int index) throws IOException {
        this.socket = socket;
        this.index = index;
        socket.setTcpNoDelay(true);
        this.in = new BufferedInputStream(socket.getInputStream());
        this.out = socket.getOutputStream();
    }

    /** A request as it was read. */
    public record Request(String method, String path, Map<String, String> headers, String body) {
        /** A header's value by its name in lower case, or empty. */
        public String header(String name) {
            return headers.getOrDefault(name, "");
        }
    }

    /** Number of this connection, from 0 in the order of accepting. */
    public int index() {
        return index;
    }

    /** The next request; fails with {@link EOFException} when the client has closed. */
    public Request request() throws IOException {
        String[] first = line().split(" ");
        Map<String, String> headers = new TreeMap<>();
        String line = line();
        while (!line.isEmpty()) {
            int colon = line.indexOf(':');
            headers.put(
                    line.substring(0, colon).toLowerCase(Locale.ROOT),
                    line.substring(colon + 1).strip());
            line = line();
        }
        int length = Integer.parseInt(headers.getOrDefault("content-length", "0"));
        String body = new String(in.readNBytes(length), StandardCharsets.UTF_8);
        return new Request(first[0], first[1], headers, body);
    }

    /** Writes these bytes in one piece. */
    public Connection send(String text) throws IOException {
        return send(text.getBytes(StandardCharsets.UTF_8));
    }

    /** Writes these bytes in one piece. */
    public Connection send(byte[] bytes) throws IOException {
        return send(bytes, 0, bytes.length);
    }

    /** Writes these bytes in one piece. */
    public Connection send(byte[] bytes, int offset, int length) throws IOException {
        out.write(bytes, offset, length);
        out.flush();
        return this;
    }

    /** Waits until the client closes or resets. */
    public void untilClosedByClient() {
        try {
            while (in.read() >= 0) {
                // Whatever it still sends is of no interest.
            }
        } catch (IOException e) {
            // A reset is a close too.
        }
    }

    /** Closes with a reset instead of a FIN. */
    public void reset() throws IOException {
        socket.setSoLinger(true, 0);
        socket.close();
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException e) {
            // Closed is closed.
        }
    }

    private String line() throws IOException {
        StringBuilder line = new StringBuilder();
        int c;
        while ((c = in.read()) != '\n') {
            if (c < 0) {
                throw new EOFException();
            }
            if (c != '\r') {
                line.append((char) c);
            }
        }
        return line.toString();
    }
}
