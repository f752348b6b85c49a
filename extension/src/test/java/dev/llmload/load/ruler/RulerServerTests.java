package dev.llmload.load.ruler;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Over a socket, without the product's client. */
@Timeout(30)
class RulerServerTests {
    private final RulerServer server = new RulerServer(true);

    @AfterEach
    void close() {
        server.close();
    }

    private static String ask(Socket socket, String path) throws IOException {
        socket.getOutputStream()
                .write(("POST " + path + " HTTP/1.1\r\nHost: x\r\nContent-Length: 2\r\n\r\n{}")
                        .getBytes(StandardCharsets.US_ASCII));
        StringBuilder answer = new StringBuilder();
        InputStream in = socket.getInputStream();
        while (answer.indexOf("\r\n0\r\n\r\n") < 0) {
            int next = in.read();
            assertThat(next).as("the answer ended early: " + answer).isNotNegative();
            answer.append((char) next);
        }
        return answer.toString();
    }

    private Socket connect() throws IOException {
        return new Socket("127.0.0.1", server.uri().getPort());
    }

    private static List<Long> stamps(String answer) {
        List<Long> stamps = new ArrayList<>();
        byte[] bytes = answer.getBytes(StandardCharsets.US_ASCII);
        Stamps.find(bytes, 0, bytes.length, (written, read) -> {
            stamps.add(written);
            if (read != 0) {
                stamps.add(read);
            }
        });
        return stamps;
    }

    @Test
    void anAnswerFollowsItsPlan_andSaysWhenItWasWritten() throws IOException {
        try (Socket socket = connect()) {
            long before = System.nanoTime();
            String answer = ask(socket, "/ruler/5/2000/1");
            long after = System.nanoTime();
            List<Long> stamps = stamps(answer);
            assertThat(stamps).as("five tokens, and when the request was read").hasSize(6);
            long read = stamps.remove(1);
            assertThat(read).isBetween(before, stamps.get(0) - 2_000_000);
            assertThat(stamps)
                    .isSorted()
                    .allSatisfy(written -> assertThat(written).isBetween(before, after));
            assertThat(stamps.get(4) - read).as("five gaps of 2 ms").isGreaterThanOrEqualTo(10_000_000);
            assertThat(answer).contains("\"finish_reason\":\"stop\"").contains("data: [DONE]");
        }
    }

    @Test
    void severalTokensShareAWrite_andAConnectionServesManyRequests() throws IOException {
        try (Socket socket = connect()) {
            for (int i = 0; i < 3; i++) {
                List<Long> stamps = stamps(ask(socket, "/ruler/10/0/4"));
                assertThat(stamps).hasSize(11);
                stamps.remove(1);
                assertThat(stamps.subList(0, 4)).containsOnly(stamps.get(0));
            }
        }
    }

    @Test
    void whatItDoesNotKnow_itDoesNotAnswer() throws IOException {
        try (Socket socket = connect()) {
            socket.getOutputStream().write("GET / HTTP/1.1\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            assertThat(socket.getInputStream().read()).isEqualTo(-1);
        }
    }
}
