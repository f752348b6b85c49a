package dev.llmload.load.ruler;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** One connection of the {@link RulerServer}: one request after the other, each answered by its plan. Confined to its thread. */
final class RulerConnection {
    private static final Pattern PLAN = Pattern.compile("^\\S+ /ruler/(\\d{1,6})/(\\d{1,9})/(\\d{1,4}) ");
    private static final Pattern LENGTH = Pattern.compile("(?i)\r\ncontent-length: *(\\d{1,9})");
    private static final byte[] HEAD =
            bytes("HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\n\r\n");
    private static final byte[] END =
            bytes(chunk(event("{},\"finish_reason\":\"stop\"}]") + "data: [DONE]\n\n") + "0\r\n\r\n");
    private static final int MOST_REQUEST_BYTES = 64 * 1024;

    private final SocketChannel channel;
    private final ByteBuffer in = ByteBuffer.allocate(MOST_REQUEST_BYTES);
    private @Nullable SelectionKey key;
    private @Nullable ByteBuffer unwritten;
    private @Nullable StampedChunk chunk;
    private boolean closed;
    private boolean streaming;
    private long due;
    private long requestRead;
    private int left;
    private long gapNanos;
    private int perWrite;

    RulerConnection(SocketChannel channel) {
        this.channel = channel;
    }

    void watch(SelectionKey own) {
        key = own;
    }

    boolean streaming() {
        return streaming;
    }

    boolean closed() {
        return closed;
    }

    void close() {
        closed = true;
        streaming = false;
        try {
            channel.close();
        } catch (IOException e) {
            // It is gone.
        }
    }

    /** Something can be read, or what could not be written can be now. */
    void ready() {
        try {
            if (unwritten != null) {
                flush();
            } else if (channel.read(in) < 0) {
                close();
            } else {
                request(System.nanoTime());
            }
        } catch (IOException e) {
            close();
        }
    }

    private void request(long now) {
        String text = new String(in.array(), 0, in.position(), StandardCharsets.ISO_8859_1);
        int head = text.indexOf("\r\n\r\n");
        Matcher plan = PLAN.matcher(text);
        if (head < 0) {
            return;
        }
        Matcher length = LENGTH.matcher(text.substring(0, head));
        int body = length.find() ? Integer.parseInt(length.group(1)) : 0;
        if (in.position() < head + 4 + body) {
            return;
        }
        if (!plan.find()) {
            close();
            return;
        }
        in.clear();
        left = Integer.parseInt(plan.group(1));
        gapNanos = Long.parseLong(plan.group(2)) * 1000;
        perWrite = Math.max(1, Integer.parseInt(plan.group(3)));
        requestRead = now;
        due = now + gapNanos;
        streaming = true;
        send(ByteBuffer.wrap(HEAD));
    }

    /** Writes what is due. */
    void write(long now) {
        while (streaming && unwritten == null && now - due >= 0) {
            if (left == 0) {
                streaming = false;
                send(ByteBuffer.wrap(END));
                return;
            }
            due += gapNanos;
            StampedChunk next = chunkOf(Math.min(perWrite, left));
            left -= next.tokens();
            send(next.now(requestRead));
            requestRead = 0;
        }
    }

    private StampedChunk chunkOf(int tokens) {
        StampedChunk made = chunk;
        if (made == null || made.tokens() != tokens) {
            made = new StampedChunk(tokens);
            chunk = made;
        }
        return made;
    }

    private void send(ByteBuffer bytes) {
        unwritten = bytes;
        try {
            flush();
        } catch (IOException e) {
            close();
        }
    }

    private void flush() throws IOException {
        ByteBuffer bytes = unwritten;
        SelectionKey own = key;
        if (bytes == null || own == null) {
            return;
        }
        channel.write(bytes);
        if (bytes.hasRemaining()) {
            own.interestOps(SelectionKey.OP_WRITE);
        } else {
            unwritten = null;
            own.interestOps(SelectionKey.OP_READ);
        }
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    private static String chunk(String data) {
        return Integer.toHexString(data.length()) + "\r\n" + data + "\r\n";
    }

    static String event(String choice) {
        return "data: {\"id\":\"ruler\",\"object\":\"chat.completion.chunk\",\"created\":1,\"model\":\"ruler\","
                + "\"choices\":[{\"index\":0,\"delta\":" + choice + "}\n\n";
    }
}
