package dev.llmload.load;

import static dev.llmload.testkit.Http.goodAnswer;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.llmload.load.preflight.EndpointUnusableException;
import dev.llmload.result.Outcome;
import dev.llmload.result.request.RequestRecord;
import dev.llmload.testkit.Connection;
import dev.llmload.testkit.ScriptedServer;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Certificates are verified, and what the handshake takes belongs to {@code connect}. */
@Timeout(300)
class TlsTests {
    private static final char[] PASSWORD = "changeit".toCharArray();

    @TempDir
    static Path folder;

    private static Path store;

    @BeforeAll
    static void makeCertificate() throws Exception {
        store = folder.resolve("server.p12");
        Process keytool = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "keytool")
                                .toString(),
                        "-genkeypair",
                        "-alias",
                        "server",
                        "-keyalg",
                        "EC",
                        "-dname",
                        "CN=localhost",
                        "-ext",
                        "san=dns:localhost,ip:127.0.0.1",
                        "-storetype",
                        "PKCS12",
                        "-storepass",
                        new String(PASSWORD),
                        "-keystore",
                        store.toString())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("keytool.log").toFile())
                .start();
        assertThat(keytool.waitFor())
                .as(() -> read(folder.resolve("keytool.log")))
                .isZero();
    }

    @Test
    void certificateThatNobodyTrusts_isRefused() throws Exception {
        try (ScriptedServer server = ScriptedServer.on(tlsSocket(), TlsTests::serve)) {
            assertThatThrownBy(() ->
                            Load.against("https://127.0.0.1:" + server.port()).run())
                    .isInstanceOf(EndpointUnusableException.class)
                    .hasMessageContaining("TLS")
                    .hasMessageContaining("certification path");
        }
    }

    @Test
    void trustedCertificate_isAccepted_andTheHandshakeIsConnectTime() throws Exception {
        System.setProperty("javax.net.ssl.trustStore", store.toString());
        System.setProperty("javax.net.ssl.trustStorePassword", new String(PASSWORD));
        try (ScriptedServer server = ScriptedServer.on(tlsSocket(), TlsTests::serve)) {
            Load.Outcomes outcomes = Load.against("https://127.0.0.1:" + server.port())
                    .requests(3)
                    .run();
            RequestRecord first = outcomes.all().get(0);
            assertThat(first.outcome()).isEqualTo(Outcome.OK);
            assertThat(first.times().connect()).isPositive();
            assertThat(first.times().sent() - first.times().scheduled())
                    .isGreaterThanOrEqualTo(first.times().connect());
            assertThat(outcomes.window())
                    .hasSize(3)
                    .allSatisfy(r -> assertThat(r.times().connect()).isZero());
            assertThat(outcomes.count(Outcome.OK)).isEqualTo(4);
        } finally {
            System.clearProperty("javax.net.ssl.trustStore");
            System.clearProperty("javax.net.ssl.trustStorePassword");
        }
    }

    @Test
    void trustedCertificateOfAnotherHost_isRefused() throws Exception {
        System.setProperty("javax.net.ssl.trustStore", store.toString());
        System.setProperty("javax.net.ssl.trustStorePassword", new String(PASSWORD));
        try (ScriptedServer server = ScriptedServer.on(tlsSocket(), TlsTests::serve)) {
            assertThatThrownBy(() ->
                            Load.against("https://127.0.0.2:" + server.port()).run())
                    .isInstanceOf(EndpointUnusableException.class)
                    .hasMessageContaining("TLS")
                    .hasMessageContaining("127.0.0.2");
        } finally {
            System.clearProperty("javax.net.ssl.trustStore");
            System.clearProperty("javax.net.ssl.trustStorePassword");
        }
    }

    @Test
    void connectionThatIsClosedUnderTheNextRequest_isStale_thoughItsGoodbyeIsBytesToo() throws Exception {
        System.setProperty("javax.net.ssl.trustStore", store.toString());
        System.setProperty("javax.net.ssl.trustStorePassword", new String(PASSWORD));
        ScriptedServer.Script script = connection -> {
            connection.request();
            connection.send(goodAnswer());
            // Reads the next request, says goodbye as TLS does (close_notify), and closes: no byte of a response.
            connection.request();
        };
        try (ScriptedServer server = ScriptedServer.on(tlsSocket(), script)) {
            Load.Outcomes outcomes = Load.against("https://127.0.0.1:" + server.port())
                    .requests(3)
                    .run();
            assertThat(outcomes.all())
                    .hasSize(4)
                    .allSatisfy(r -> assertThat(r.outcome()).isEqualTo(Outcome.OK));
            assertThat(outcomes.level().staleConnections()).isEqualTo(3);
        } finally {
            System.clearProperty("javax.net.ssl.trustStore");
            System.clearProperty("javax.net.ssl.trustStorePassword");
        }
    }

    private static void serve(Connection connection) throws Exception {
        while (true) {
            connection.request();
            connection.send(goodAnswer());
        }
    }

    private static ServerSocket tlsSocket() throws Exception {
        KeyStore keys = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(store)) {
            keys.load(in, PASSWORD);
        }
        KeyManagerFactory managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        managers.init(keys, PASSWORD);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(managers.getKeyManagers(), null, null);
        return context.getServerSocketFactory().createServerSocket(0, 50, InetAddress.getByName("0.0.0.0"));
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            return e.toString();
        }
    }
}
