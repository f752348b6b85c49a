package dev.llmload.load;

import static dev.llmload.testkit.Http.DONE;
import static dev.llmload.testkit.Http.STOP;
import static dev.llmload.testkit.Http.STREAM_HEAD;
import static dev.llmload.testkit.Http.chunk;
import static dev.llmload.testkit.Http.goodAnswer;
import static dev.llmload.testkit.Http.token;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.llmload.load.preflight.EndpointUnusableException;
import dev.llmload.result.Outcome;
import dev.llmload.result.request.RequestRecord;
import dev.llmload.testkit.ScriptedServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** How connections are opened, used again, lost and measured, over real sockets. */
@Timeout(300)
class ConnectionTests {
    @Nested
    class ReuseTests {
        @Test
        void keptConnection_servesEveryRequest_andConnectIsZero() {
            try (ScriptedServer server = ScriptedServer.start(connection -> {
                while (true) {
                    connection.request();
                    connection.send(goodAnswer());
                }
            })) {
                Load.Outcomes outcomes = Load.against(server.url()).requests(20).run();
                assertThat(server.connections()).isEqualTo(1);
                assertThat(outcomes.window()).hasSize(20).allSatisfy(r -> {
                    assertThat(r.flags().reused()).isTrue();
                    assertThat(r.times().connect()).isZero();
                });
                RequestRecord first = outcomes.all().get(0);
                assertThat(first.flags().reused()).isFalse();
                assertThat(first.times().connect()).isPositive();
            }
        }

        @Test
        void connectionsSurviveFromLevelToLevel() {
            try (ScriptedServer server = ScriptedServer.start(connection -> {
                while (true) {
                    connection.request();
                    connection.send(goodAnswer());
                }
            })) {
                Load load = Load.against(server.url()).users(3).requests(9);
                try (LoadSession session = load.session(new LoadListener() {})) {
                    session.run(load.plan(), Load.prompts());
                    int opened = server.connections();
                    session.run(load.plan(), Load.prompts());
                    assertThat(opened).isBetween(1, 3);
                    assertThat(server.connections()).isLessThanOrEqualTo(3);
                }
            }
        }

        @Test
        void pooledConnectionThatDiesUnderTheNextRequest_isReplaced_andTheRequestIsOneAttempt() {
            AtomicInteger requests = new AtomicInteger();
            try (ScriptedServer server = ScriptedServer.start(connection -> {
                if (connection.index() == 0) {
                    connection.request();
                    requests.incrementAndGet();
                    connection.send(goodAnswer());
                    // Reads the second request and dies without a byte of an answer.
                    connection.request();
                    requests.incrementAndGet();
                    connection.reset();
                } else {
                    while (true) {
                        connection.request();
                        requests.incrementAndGet();
                        connection.send(goodAnswer());
                    }
                }
            })) {
                Load.Outcomes outcomes = Load.against(server.url()).requests(5).run();
                RequestRecord resent = outcomes.measured();
                assertThat(resent.outcome()).isEqualTo(Outcome.OK);
                assertThat(resent.flags().resent()).isTrue();
                assertThat(resent.flags().reused()).isFalse();
                assertThat(resent.times().connect()).isPositive();
                assertThat(resent.times().sent() - resent.times().scheduled())
                        .isGreaterThanOrEqualTo(resent.times().connect());
                assertThat(outcomes.level().staleConnections()).isEqualTo(1);
                assertThat(outcomes.all()).hasSize(6);
                assertThat(requests).hasValue(7);
                assertThat(outcomes.level().notes()).isEmpty();
            }
        }

        @Test
        void serverThatClosesEachConnectionWhileClaimingKeepAlive_costsThreeResends_thenNoneIsReused() {
            String claiming = goodAnswer().replaceFirst("\r\n", "\r\nKeep-Alive: timeout=5, max=100\r\n");
            try (ScriptedServer server = ScriptedServer.start(connection -> {
                connection.request();
                connection.send(claiming);
                if (connection.index() < 3) {
                    // Closes only when the next request is there: the client cannot have known.
                    connection.request();
                }
            })) {
                Load.Outcomes outcomes = Load.against(server.url()).requests(10).run();
                assertThat(outcomes.window())
                        .hasSize(10)
                        .allSatisfy(r -> assertThat(r.outcome()).isEqualTo(Outcome.OK));
                assertThat(outcomes.level().staleConnections()).isEqualTo(3);
                assertThat(outcomes.window().subList(3, 10)).allSatisfy(r -> {
                    assertThat(r.flags().reused()).isFalse();
                    assertThat(r.flags().resent()).isFalse();
                });
                assertThat(server.connections()).isEqualTo(11);
                assertThat(outcomes.level().notes())
                        .containsExactly("the server closed connections that it had promised to keep; after 3 such "
                                + "requests every request has a connection of its own");
            }
        }

        @Test
        void serverThatClosesRightAfterEachStream_neverFailsARequest() {
            try (ScriptedServer server = ScriptedServer.start(connection -> {
                connection.request();
                connection.send(goodAnswer());
            })) {
                Load.Outcomes outcomes =
                        Load.against(server.url()).users(4).requests(200).run();
                assertThat(outcomes.all())
                        .allSatisfy(r -> assertThat(r.outcome()).isEqualTo(Outcome.OK));
            }
        }

        @Test
        void connectionClose_isHonoured() {
            String closing = goodAnswer().replaceFirst("\r\n", "\r\nConnection: close\r\n");
            try (ScriptedServer server = ScriptedServer.start(connection -> {
                connection.request();
                connection.send(closing);
                connection.untilClosedByClient();
            })) {
                Load.Outcomes outcomes = Load.against(server.url()).requests(5).run();
                assertThat(outcomes.level().staleConnections()).isZero();
                assertThat(server.connections()).isEqualTo(6);
            }
        }
    }

    @Nested
    class OpeningTests {
        @Test
        void everyUserHasAConnectionOfItsOwn_soNoneWaitsForAnother() throws Exception {
            int users = 40;
            // Nobody is answered before all are there: a pool smaller than the load would never end.
            CyclicBarrier all = new CyclicBarrier(users);
            try (ScriptedServer server = ScriptedServer.start(connection -> {
                connection.request();
                all.await();
                connection.send(goodAnswer());
                while (true) {
                    connection.request();
                    connection.send(goodAnswer());
                }
            })) {
                Load.Outcomes outcomes = Load.against(server.url())
                        .users(users)
                        .requests(users)
                        .loops(2)
                        .run();
                assertThat(server.connections()).isEqualTo(users);
                assertThat(outcomes.count(Outcome.OK)).isEqualTo(outcomes.all().size());
                assertThat(outcomes.level().recorders()).hasSize(2);
            }
        }

        @Test
        void refused_isConnect_andTheEndpointIsUnusable() throws IOException {
            int port;
            try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
                port = free.getLocalPort();
            }
            List<RequestRecord> records = new ArrayList<>();
            assertThatThrownBy(() -> Load.against("http://127.0.0.1:" + port)
                            .requests(3)
                            .onEnd(records::add)
                            .run())
                    .isInstanceOf(EndpointUnusableException.class)
                    .hasMessageContaining("none of the 4 requests")
                    .hasMessageContaining("CONNECT")
                    .hasMessageContaining("refused");
            assertThat(records).hasSize(4).allSatisfy(r -> {
                assertThat(r.outcome()).isEqualTo(Outcome.CONNECT);
                assertThat(r.times().sent()).isEqualTo(RequestRecord.ABSENT);
            });
        }

        @Test
        void unknownHost_isConnect() {
            assertThatThrownBy(() ->
                            Load.against("http://no-such-host.invalid:8000").run())
                    .isInstanceOf(EndpointUnusableException.class)
                    .hasMessageContaining("CONNECT")
                    .hasMessageContaining("no-such-host.invalid");
        }

        @Test
        void plainTextWhereTlsIsExpected_isTls() {
            try (ScriptedServer server = ScriptedServer.start(connection -> {
                connection.send("HTTP/1.1 400 Bad Request\r\n\r\n");
                connection.untilClosedByClient();
            })) {
                assertThatThrownBy(() -> Load.against("https://127.0.0.1:" + server.port())
                                .run())
                        .isInstanceOf(EndpointUnusableException.class)
                        .hasMessageContaining("TLS");
            }
        }

        @Test
        void fullBacklog_meetsTheConnectTimeout() throws IOException {
            try (ScriptedServer server = ScriptedServer.listening(connection -> {}, 1);
                    Crowd crowd = new Crowd(server.port())) {
                crowd.fill();
                assertThatThrownBy(() -> Load.against(server.url())
                                .connectTimeout(Duration.ofMillis(200))
                                .run())
                        .isInstanceOf(EndpointUnusableException.class)
                        .hasMessageContaining("no connection within 200 ms");
            }
        }

        @Test
        void connectionAcceptedASecondLate_showsInConnectAndNotInTtft() throws Exception {
            CountDownLatch crowded = new CountDownLatch(1);
            try (ScriptedServer server = ScriptedServer.listening(
                            connection -> {
                                while (true) {
                                    connection.request();
                                    connection.send(STREAM_HEAD + chunk(token("a") + STOP + DONE) + "0\r\n\r\n");
                                }
                            },
                            1);
                    Crowd crowd = new Crowd(server.port())) {
                // While the queue of unaccepted connections is full the kernel drops the handshake; the client's kernel
                // tries again a second later. The crowd's next attempt gives up before that, and then all are accepted.
                crowd.fill();
                Thread opener = new Thread(() -> {
                    crowded.countDown();
                    crowd.knock();
                    server.accept();
                });
                Load.Outcomes outcomes = Load.against(server.url()).run(session -> {
                    opener.start();
                    await(crowded);
                });
                opener.join();
                RequestRecord first = outcomes.all().get(0);
                assumeTrue(first.times().connect() > 500_000_000L, "the client was so slow that nothing was dropped");
                assertThat(first.times().firstToken() - first.times().sent())
                        .isLessThan(first.times().connect() / 2);
                assertThat(first.times().sent() - first.times().scheduled())
                        .isGreaterThanOrEqualTo(first.times().connect());
            }
        }
    }

    @Nested
    class LoopTests {
        @Test
        void eachLoopIsOneThread_andLoopsDiffer() throws Exception {
            Set<Thread> threads = ConcurrentHashMap.newKeySet();
            try (ScriptedServer server = ScriptedServer.start(connection -> {
                while (true) {
                    connection.request();
                    connection.send(goodAnswer());
                }
            })) {
                Load.Outcomes outcomes = Load.against(server.url())
                        .users(9)
                        .requests(90)
                        .loops(3)
                        .onEnd(r -> threads.add(Thread.currentThread()))
                        .run();
                assertThat(threads).hasSize(3);
                assertThat(outcomes.level().recorders())
                        .hasSize(3)
                        .allSatisfy(recorder -> assertThat(recorder.records()).isNotEmpty());
            }
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Connections that fill a server's queue of unaccepted ones. */
    private static final class Crowd implements AutoCloseable {
        private final int port;
        private final List<Socket> sockets = new ArrayList<>();

        Crowd(int port) {
            this.port = port;
        }

        void fill() throws IOException {
            while (sockets.size() < 16) {
                Socket socket = new Socket();
                sockets.add(socket);
                try {
                    socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 100);
                } catch (SocketTimeoutException full) {
                    return;
                }
            }
            throw new IllegalStateException("16 connections did not fill a queue of 1");
        }

        /** One more attempt, which gives up after a while. */
        void knock() {
            try (Socket socket = new Socket()) {
                socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 300);
            } catch (IOException full) {
                // As expected.
            }
        }

        @Override
        public void close() throws IOException {
            for (Socket socket : sockets) {
                socket.close();
            }
        }
    }
}
