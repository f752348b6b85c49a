package dev.llmload.load;

import static dev.llmload.testkit.Http.goodAnswer;
import static org.assertj.core.api.Assertions.assertThat;

import dev.llmload.result.Outcome;
import dev.llmload.result.request.Phase;
import dev.llmload.result.request.RequestRecord;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Users whose connections fail while others are served: one attempt is one request, and the level's number holds. */
@Timeout(300)
class UnconnectedUsersTests {
    private static final int SERVED = 4;
    private static final long ANSWER_MILLIS = 300;

    /** Takes so many connections, then refuses all others; answers each request after a while. */
    private static final class Narrow implements AutoCloseable {
        private final ServerSocket listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        private final List<Socket> sockets = new ArrayList<>();
        private final Thread accepting = new Thread(this::accept, "narrow server");

        Narrow() throws IOException {
            accepting.setDaemon(true);
            accepting.start();
        }

        String url() {
            return "http://127.0.0.1:" + listener.getLocalPort();
        }

        private void accept() {
            try {
                for (int i = 0; i < SERVED; i++) {
                    Socket socket = listener.accept();
                    sockets.add(socket);
                    Thread thread = new Thread(() -> serve(socket), "narrow connection");
                    thread.setDaemon(true);
                    thread.start();
                }
                listener.close();
            } catch (IOException e) {
                // Closed: the test is over.
            }
        }

        private static void serve(Socket socket) {
            try (socket) {
                InputStream in = socket.getInputStream();
                byte[] buffer = new byte[64 * 1024];
                while (in.read(buffer) > 0) { // a request of this test arrives whole
                    Thread.sleep(ANSWER_MILLIS);
                    socket.getOutputStream().write(goodAnswer().getBytes(StandardCharsets.UTF_8));
                    socket.getOutputStream().flush();
                }
            } catch (IOException | InterruptedException e) {
                // The client has closed it.
            }
        }

        @Override
        public void close() throws IOException {
            listener.close();
            for (Socket socket : sockets) {
                socket.close();
            }
        }
    }

    @Test
    void aFailedConnection_isOneAttempt_andTakesAsLongAsAnAnswer() throws IOException {
        try (Narrow server = new Narrow()) {
            Load.Outcomes outcomes =
                    Load.against(server.url()).users(2 * SERVED).requests(40).run();

            assertThat(outcomes.window()).hasSize(40);
            List<RequestRecord> failedEarly = outcomes.all().stream()
                    .filter(record -> record.phase() == Phase.RAMP_IN && record.outcome() == Outcome.CONNECT)
                    .toList();
            assertThat(failedEarly)
                    .as("one attempt of each user before the window")
                    .hasSizeLessThanOrEqualTo(SERVED);
            long failed = outcomes.window().stream()
                    .filter(record -> record.outcome() == Outcome.CONNECT)
                    .count();
            long served =
                    outcomes.window().stream().filter(RequestRecord::succeeded).count();
            assertThat(failed).isPositive();
            assertThat(failed).as("half of the users cannot connect").isLessThanOrEqualTo(2 * served);
            ClosedLoopTests.assertNothingLost(outcomes);
        }
    }
}
