package dev.llmload.gate;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.llmload.gate.canary.CanaryGate;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;

/**
 * A server, a prompt file's name and labels that try to get something into a terminal, a workflow's log, a page or a
 * spreadsheet: everything that a run leaves behind is searched for it.
 */
class HostileTextTests {
    private static final List<String> HOSTILE = List.of(
            "\u001b[31mred\u001b]0;title\u0007 \u009b2J\u0085 \u202eevil\u2066 \u0000\u0008\u007f",
            "x\r\n::error::pwned\n::set-output name=a::b\r##[error]x ##vso[task.complete]y",
            "::error::pwned",
            "<script>alert(1)</script><img src=x onerror=alert(2)>",
            "![image](http://evil/x.png) [link](http://evil) | cell | `code` **bold**",
            "=cmd|' /C calc'!A0",
            "a\"} 1\nllmload_injected_ratio{b=\"c",
            "]]></system-out><testcase name=\"pwned\"/>&lt;",
            "-1+1");

    /** Controls but line feeds, C1, direction of writing, separators. */
    private static final Pattern OBEYED = Pattern.compile(
            "[\\x00-\\x08\\x0B-\\x1F\\x7F-\\x9F\\u200E\\u200F\\u202A-\\u202E\\u2066-\\u2069\\u2028\\u2029]");

    @TempDir
    Path folder;

    @Test
    void ofAServerThatFailsUnderLoad() throws Exception {
        try (EchoServer server = EchoServer.failing(HOSTILE)) {
            GateProcess gate = run(server, "llmload.load.requests=" + (server.answers() + 20));

            assertThat(gate.code()).as(gate.console()).isEqualTo(1);
            assertThat(requests(gate)).contains("\\\\u001b[31mred", "\\\\u009b2J", "\\\\u202eevil", "<script>");
            assertThatNothingIsObeyed(gate);
        }
    }

    @Test
    void ofAServerThatRefusesTheFirstRequest() throws Exception {
        try (EchoServer server = EchoServer.refusing(HOSTILE)) {
            GateProcess gate = run(server, "llmload.endpoint.preflightWait=1s");

            assertThat(gate.code()).as(gate.console()).isEqualTo(2);
            assertThat(gate.console()).contains("\\u001b[31mred");
            assertThatNothingIsObeyed(gate);
        }
    }

    private GateProcess run(EchoServer server, String key) throws Exception {
        Path prompts = folder.resolve("<b>=1+1 ![x](y) ::error::z.txt");
        Files.writeString(prompts, "one\ntwo\nthree\n");
        return GateProcess.run(
                folder,
                Map.of("LLMLOAD_LABEL_NOTE", HOSTILE.get(0).replace("\u0000", "") + HOSTILE.get(1) + HOSTILE.get(3)),
                List.of("-Dcanary.gateway=gateway-7", "-Dcanary.session=session-7", "-Dcanary.body=body-seven"),
                "--url",
                server.url() + "/v1",
                "--release",
                "=1+1 <script>alert(1)</script>\u001b[31m\n::error::release",
                "--set",
                key,
                "--set",
                "llmload.request.prompts=" + prompts,
                "--select",
                CanaryGate.class.getName());
    }

    private static String requests(GateProcess gate) throws Exception {
        return gate.texts().entrySet().stream()
                .filter(file -> file.getKey().endsWith("requests.jsonl"))
                .map(Map.Entry::getValue)
                .findFirst()
                .orElseThrow();
    }

    private static void assertThatNothingIsObeyed(GateProcess gate) throws Exception {
        for (Map.Entry<String, String> file : gate.texts().entrySet()) {
            String name = file.getKey();
            String text = file.getValue();
            if (name.startsWith("tmp/") || name.endsWith(".txt") && !name.equals("console.txt")) {
                continue;
            }
            assertThat(OBEYED.matcher(text).results().map(m -> name + ": " + around(text, m.start())))
                    .as(name)
                    .isEmpty();
            if (name.equals("console.txt")) {
                console(text);
            } else if (name.endsWith(".md")) {
                markdown(name, text);
            } else if (name.endsWith(".html")) {
                assertThat(text).as(name).doesNotContainPattern("<script>alert|<img src=x");
            } else if (name.endsWith(".svg") || name.endsWith(".xml")) {
                assertThat(testCases(text)).as(name).doesNotContain("pwned");
            } else if (name.endsWith(".csv")) {
                csv(name, text);
            } else if (name.endsWith(".prom") || name.endsWith(".txt")) {
                assertThat(text.lines()).as(name).noneMatch(line -> line.startsWith("llmload_injected"));
            } else if (name.endsWith(".json")) {
                new ObjectMapper().readTree(text);
            } else if (name.endsWith(".jsonl")) {
                for (String line : text.lines().toList()) {
                    new ObjectMapper().readTree(line);
                }
            }
        }
    }

    /** The names of the test cases that a reader of the XML finds; none in a picture. */
    private static List<String> testCases(String xml) throws Exception {
        NodeList found = DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(new InputSource(new StringReader(xml)))
                .getElementsByTagName("testcase");
        return IntStream.range(0, found.getLength())
                .mapToObj(i -> ((Element) found.item(i)).getAttribute("name"))
                .toList();
    }

    private static void console(String text) {
        assertThat(text.lines().map(String::strip))
                .allMatch(line -> !line.startsWith("::")
                        || line.startsWith("::error file=")
                        || line.startsWith("::error title=")
                        || line.startsWith("::warning title=")
                        || line.startsWith("::warning file="))
                .noneMatch(line -> line.contains("##[") || line.contains("##vso["));
    }

    private static void markdown(String name, String text) {
        String prose = text.replaceAll("`[^`\n]*`", "");
        assertThat(prose)
                .as(name)
                .doesNotContainPattern("<script|<img|(?<!\\\\)\\[(image|link)\\]\\(|https?://evil|(?<!\\\\)\\*\\*bold");
        assertThat(text.lines()).as(name).noneMatch(line -> line.startsWith("::"));
    }

    private static void csv(String name, String text) {
        assertThat(text.lines()
                        .flatMap(line -> Pattern.compile(",(?=(?:[^\"]*\"[^\"]*\")*[^\"]*$)")
                                .splitAsStream(line)))
                .as(name)
                .noneMatch(cell -> cell.replaceFirst("^\"", "").matches("(?s)[=+@\\t-].*")
                        && !cell.matches("[-+]?[0-9.eE+-]+( %| pt)?"));
    }

    private static String around(String text, int at) {
        return text.substring(Math.max(0, at - 60), Math.min(text.length(), at + 20));
    }
}
