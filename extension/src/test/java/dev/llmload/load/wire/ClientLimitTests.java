package dev.llmload.load.wire;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmload.result.Outcome;
import java.io.IOException;
import java.net.BindException;
import java.net.ConnectException;
import java.net.SocketException;
import java.net.UnknownHostException;
import javax.net.ssl.SSLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Failures that this machine caused, as operating systems and the JDK word them. */
class ClientLimitTests {
    private static Outcome kind(Throwable cause, boolean reached) {
        return WireFailures.whileConnecting(cause, reached).kind();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Too many open files",
                "newSocketStream(..) failed: Too many open files",
                "Too many open files in system",
                "No buffer space available",
                "Cannot allocate memory",
                "An operation on a socket could not be performed because the system lacked sufficient buffer space or"
                        + " because a queue was full"
            })
    void descriptorsAndKernelMemory_areTheClients(String message) {
        assertThat(kind(new SocketException(message), false)).isEqualTo(Outcome.CLIENT_LIMIT);
        assertThat(kind(new IllegalStateException("Failed to open a socket.", new IOException(message)), false))
                .isEqualTo(Outcome.CLIENT_LIMIT);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Cannot assign requested address",
                "Can't assign requested address",
                "Cannot assign requested address: /10.0.0.7:8000",
                "Address already in use: no further information",
                "Resource temporarily unavailable"
            })
    void anAddressThatCannotBeAssigned_isALackOfPorts_onlyIfTheEndpointWasReachedBefore(String message) {
        assertThat(kind(new BindException(message), true)).isEqualTo(Outcome.CLIENT_LIMIT);
        assertThat(kind(new BindException(message), false)).isEqualTo(Outcome.CONNECT);
    }

    @Test
    void memoryAndThreads_areTheClients_alsoOnAnEstablishedConnection() {
        OutOfMemoryError threads = new OutOfMemoryError("unable to create native thread: possibly out of memory");
        assertThat(kind(threads, false)).isEqualTo(Outcome.CLIENT_LIMIT);
        assertThat(ClientLimit.of(threads, false).orElseThrow()).contains("ulimit -u");
        OutOfMemoryError heap = new OutOfMemoryError("Java heap space");
        assertThat(WireFailures.onConnection(heap))
                .isEqualTo(new WireFailures.Failure(
                        Outcome.CLIENT_LIMIT,
                        "out of memory (Java heap space); give the JVM more (-Xmx, -XX:MaxDirectMemorySize), or lower"
                                + " the number of users"));
    }

    @Test
    void aTrustStoreThatCannotBeOpened_forLackOfDescriptors_isNoTlsFailure() {
        assertThat(kind(new SSLException("no trust store", new IOException("cacerts (Too many open files)")), false))
                .isEqualTo(Outcome.CLIENT_LIMIT);
        assertThat(kind(new SSLException("handshake_failure"), false)).isEqualTo(Outcome.TLS);
    }

    @Test
    void whatTheEndpointOrTheNetworkDoes_staysTheirs() {
        assertThat(kind(new ConnectException("Connection refused"), true)).isEqualTo(Outcome.CONNECT);
        assertThat(kind(new ConnectException("No route to host"), true)).isEqualTo(Outcome.CONNECT);
        assertThat(kind(new UnknownHostException("gpu-host"), true)).isEqualTo(Outcome.CONNECT);
        assertThat(WireFailures.onConnection(new IOException("Connection reset by peer"))
                        .kind())
                .isEqualTo(Outcome.RESET);
    }

    @Test
    @EnabledOnOs(value = OS.LINUX, disabledReason = "other systems have no such limit, or another one")
    void theMessage_hasTheLimitAsThisProcessSeesIt_andTheRemedy() {
        long most = ClientLimit.mostDescriptors().orElseThrow();
        assertThat(ClientLimit.of(new SocketException("Too many open files"), false))
                .contains("Too many open files: this process may have " + most
                        + " files and connections open at a time (ulimit -n), and each user needs one of them; raise the"
                        + " limit, for example with `ulimit -n 65536`, or lower the number of users");
        assertThat(ClientLimit.of(new BindException("Cannot assign requested address"), true)
                        .orElseThrow())
                .startsWith("Cannot assign requested address: this host has no local port left for the endpoint")
                .endsWith("lower the number of users, or let the server keep its connections alive");
    }

    @Test
    @EnabledOnOs(value = OS.LINUX, disabledReason = "other systems have no such limit, or another one")
    void theReserve_isASixthOfTheLimit_andGivenBack() {
        long expected =
                Math.min(DescriptorReserve.MOST, ClientLimit.mostDescriptors().orElseThrow() / 6);
        DescriptorReserve reserve = DescriptorReserve.hold();
        assertThat(reserve.size()).isEqualTo((int) expected);
        reserve.close();
        assertThat(reserve.size()).isZero();
    }
}
