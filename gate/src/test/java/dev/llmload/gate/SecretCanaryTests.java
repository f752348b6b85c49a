package dev.llmload.gate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmload.gate.canary.CanaryGate;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A server that sends back every secret that it got, in many forms and in every place of its answers: no file that a run
 * leaves behind and nothing that it prints holds one of them in any form.
 */
class SecretCanaryTests {
    private static final String API_KEY = "zkQ7/tango+7731=foxtrot.Zk";
    private static final String GATEWAY = "lima+oscar/4kilo~victor";
    private static final String SESSION = "sierra9whiskey2hotel";
    private static final String QUERY = "uniform42/sierra==papa";
    private static final String BODY = "romeo5juliett8quebec";
    private static final List<String> SECRETS = List.of(API_KEY, GATEWAY, SESSION, QUERY, BODY);

    @TempDir
    Path folder;

    @Test
    void ofAServerThatFailsUnderLoad() throws Exception {
        try (EchoServer server = EchoServer.failing(echoes())) {
            GateProcess gate = run(server, "llmload.load.requests=" + (server.answers() + 20));

            assertThat(gate.code()).as(gate.console()).isEqualTo(1);
            assertThat(gate.texts().keySet())
                    .anyMatch(name -> name.endsWith("requests.jsonl"))
                    .anyMatch(name -> name.endsWith("metadata.json"))
                    .anyMatch(name -> name.endsWith("results.json"))
                    .anyMatch(name -> name.endsWith("summary.md"))
                    .anyMatch(name -> name.endsWith("report.html"))
                    .anyMatch(name -> name.endsWith("gate.json"))
                    .anyMatch(name -> name.endsWith("TEST-junit-jupiter.xml"))
                    .anyMatch(name -> name.startsWith("allure-results/"))
                    .contains("history.jsonl", "console.txt", "step.md");
            assertThat(gate.texts().entrySet().stream()
                            .filter(file -> file.getKey().endsWith("requests.jsonl"))
                            .map(Map.Entry::getValue)
                            .findFirst())
                    .hasValueSatisfying(lines -> assertThat(lines)
                            .contains("HTTP_5XX", "HTTP_4XX", "STREAM_ERROR", "PROTOCOL")
                            .contains("echo ***"));
            assertThatNothingTells(gate);
        }
    }

    @Test
    void ofAServerThatRefusesTheFirstRequest() throws Exception {
        try (EchoServer server = EchoServer.refusing(echoes())) {
            GateProcess gate = run(server, "llmload.endpoint.preflightWait=1s");

            assertThat(gate.code()).as(gate.console()).isEqualTo(2);
            assertThat(gate.console()).contains("echo ***");
            assertThatNothingTells(gate);
        }
    }

    @Test
    void ofAKeyThatIsMalformed() throws Exception {
        GateProcess gate = GateProcess.run(
                folder,
                Map.of("LLM_API_KEY", API_KEY + "\n"),
                List.of("-Dcanary.gateway=" + GATEWAY, "-Dcanary.session=" + SESSION, "-Dcanary.body=" + BODY),
                "--url",
                "http://127.0.0.1:9/v1?api-key=" + QUERY,
                "--select",
                CanaryGate.class.getName());

        assertThat(gate.code()).as(gate.console()).isEqualTo(3);
        assertThat(gate.console()).contains("LLM_API_KEY", "ends with a line break");
        assertThatNothingTells(gate);
    }

    private GateProcess run(EchoServer server, String key) throws Exception {
        return GateProcess.run(
                folder,
                Map.of("LLM_API_KEY", API_KEY, "LLMLOAD_LABEL_NOTE", "key " + API_KEY + " of " + GATEWAY),
                List.of("-Dcanary.gateway=" + GATEWAY, "-Dcanary.session=" + SESSION, "-Dcanary.body=" + BODY),
                "--url",
                server.url() + "/v1?api-version=2024-10-21&api-key=" + QUERY,
                "--set",
                key,
                "--select",
                CanaryGate.class.getName());
    }

    /** What the server says: each text has each secret in one form. */
    private static List<String> echoes() {
        List<Map<String, String>> forms =
                SECRETS.stream().map(SecretCanaryTests::forms).toList();
        List<String> echoes = new ArrayList<>();
        for (String form : forms.get(0).keySet()) {
            echoes.add(forms.stream().map(each -> "echo " + each.get(form)).collect(Collectors.joining(", ")));
        }
        return echoes;
    }

    private static Map<String, String> forms(String secret) {
        byte[] bytes = secret.getBytes(StandardCharsets.UTF_8);
        String url = URLEncoder.encode(secret, StandardCharsets.UTF_8);
        Map<String, String> forms = new LinkedHashMap<>();
        forms.put("plain", secret);
        forms.put("capitals", secret.toUpperCase(Locale.ROOT));
        forms.put("json", secret.replace("/", "\\/"));
        forms.put("json escapes", each(secret, "\\u%04x"));
        forms.put("url", url);
        forms.put("url lower", each(secret, "%%%02x"));
        forms.put("html", secret.replace("/", "&#x2F;").replace("+", "&#43;").replace("=", "&equals;"));
        forms.put("html all", each(secret, "&#%d;"));
        forms.put("base64", Base64.getEncoder().encodeToString(bytes));
        forms.put("base64 url", Base64.getUrlEncoder().withoutPadding().encodeToString(bytes));
        forms.put(
                "base64 user", Base64.getEncoder().encodeToString(("user:" + secret).getBytes(StandardCharsets.UTF_8)));
        forms.put("base64 u", Base64.getEncoder().encodeToString(("u:" + secret).getBytes(StandardCharsets.UTF_8)));
        forms.put("hex", HexFormat.of().formatHex(bytes));
        return forms;
    }

    private static String each(String text, String format) {
        return text.chars().mapToObj(c -> String.format(format, c)).collect(Collectors.joining());
    }

    private static void assertThatNothingTells(GateProcess gate) throws Exception {
        for (Map.Entry<String, String> file : gate.texts().entrySet()) {
            String text = file.getValue();
            String lower = text.toLowerCase(Locale.ROOT);
            for (String secret : SECRETS) {
                hasNot(file.getKey(), lower, secret.substring(0, 8).toLowerCase(Locale.ROOT));
                forms(secret).forEach((form, value) -> {
                    // A part is enough to tell; of base64 one that all three offsets share is not there.
                    String part = value.substring(0, Math.min(value.length(), Math.max(12, value.length() / 2)));
                    hasNot(file.getKey() + ", " + form, text, part);
                    hasNot(file.getKey() + ", " + form + " in JSON", text, part.replace("\\", "\\\\"));
                });
                for (int before = 0; before < 3; before++) {
                    String encoded = Base64.getEncoder()
                            .encodeToString((".".repeat(before) + secret).getBytes(StandardCharsets.UTF_8));
                    hasNot(file.getKey(), text, encoded.substring(4, 16));
                }
            }
        }
    }

    private static void hasNot(String where, String text, String part) {
        int at = text.indexOf(part);
        assertThat(at < 0 ? "" : text.substring(Math.max(0, at - 200), Math.min(text.length(), at + 100)))
                .as(where + ": " + part)
                .isEmpty();
    }
}
