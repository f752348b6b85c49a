package dev.llmload.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MainTests {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    /** Runs with a latch that is already open, so that a simulator that starts also ends. */
    private int run(String... args) {
        return Main.run(
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8),
                new CountDownLatch(0),
                args);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--prot 8000|unknown option \"--prot\"; did you mean \"--port\"?",
                "8000|unknown option \"8000\"",
                "--port|Missing required parameter for option '--port' (N)",
                "--port x|Invalid value for option '--port': 'x' is not an int",
                "--port=70000|--port must be from 0 (any free one) to 65535, but was 70000",
                "--port 1 --port 2|option '--port' (N) should be specified only once",
                "--set maxBatch|--set takes one key=value, for example --set maxBatch=128, but was \"maxBatch\"",
                "--set apiKey=secret&x=1|--set takes one key=value, for example --set maxBatch=128, but was \"apiKey=***\"",
                "--profile smal|unknown profile \"smal\"; did you mean \"small\"?",
                "--profile small --set maxbatch=2|unknown parameter \"maxbatch\"; did you mean \"maxBatch\"?",
                "--set ttft=1ms --set ttft=2ms|parameter \"ttft\" is given twice"
            })
    void mistakes_endWith2_andAreNamed(String line, String message) {
        assertThat(run(line.split(" "))).isEqualTo(2);
        assertThat(err.toString(StandardCharsets.UTF_8)).contains(message).endsWith("--help shows what there is\n");
        assertThat(out.size()).isZero();
    }

    @Test
    void help_listsOptionsProfilesAndParameters() {
        assertThat(run("--port", "1", "--help")).isZero();
        assertThat(out.toString(StandardCharsets.UTF_8))
                .contains(
                        "--set=KEY=VALUE",
                        "  llama-3-8b-a40\n",
                        "      maxBatch=256\n",
                        "  release-b\n",
                        "stallRate=0");
    }

    @Test
    void aStart_saysWhereAndWhat() {
        assertThat(run("--port", "0", "--profile=llama-3-8b-a40", "--set", "maxBatch=128", "--set", "errorRate=10%"))
                .isZero();
        assertThat(out.toString(StandardCharsets.UTF_8))
                .matches("(?s)http://127\\.0\\.0\\.1:\\d+ .*")
                .contains(
                        "profile  llama-3-8b-a40, model llama-3-8b, seed 42", "maxBatch=128", "{ERROR=0.1}", "curl -N");
    }

    @Test
    void aPortThatIsTaken_endsWith1() throws IOException {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            assertThat(run("--port", String.valueOf(taken.getLocalPort()))).isEqualTo(1);
            assertThat(err.toString(StandardCharsets.UTF_8))
                    .startsWith("cannot listen on 127.0.0.1:" + taken.getLocalPort() + ": ");
        }
    }

    @Test
    void aProcess_servesUntilItIsInterrupted() throws Exception {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        "dev.llmload.simulator.Main",
                        "--port",
                        "0",
                        "--profile",
                        "small",
                        "--set",
                        "model=my-model")
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        try (BufferedReader lines =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            String url = lines.readLine().split(" ")[0];
            HttpRequest models =
                    HttpRequest.newBuilder(URI.create(url + "/v1/models")).build();
            assertThat(HttpClient.newHttpClient()
                            .send(models, BodyHandlers.ofString())
                            .body())
                    .contains("my-model");
            process.destroy(); // SIGTERM, as Ctrl-C's SIGINT, runs the shutdown hooks
            assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
        } finally {
            process.destroyForcibly();
        }
    }
}
