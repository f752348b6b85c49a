package dev.llmload.report.file;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmload.result.text.Credentials;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MetadataTests {
    private static final Metadata METADATA = new Metadata(
            Instant.parse("2026-11-22T05:31:07Z"),
            123_456_789L,
            false,
            "llama-3-8b-instruct/2026-11",
            Map.of(
                    "llmload.url", "http://alice:secret@gpu-host:8000/v1",
                    "llmload.headers", "X-Team: blue-secret, Authorization: Bearer abc.def",
                    "llmload.request.maxTokens", "128",
                    "llmload.endpoint.apiKeyEnv", "LLM_API_KEY"),
            Map.of("dtype", "float16"),
            Map.of("java", "17.0.12", "llm-load", "0.1.0"),
            Map.of("cpus", "2"),
            "0123456789abcdef0123456789abcdef01234567",
            List.of(new Metadata.Test(
                    "com.acme.ChatReleaseTest#chat",
                    "http://gpu-host:8000/v1/chat/completions",
                    "llama-3-8b",
                    "uvicorn",
                    "classpath:/prompts/chat.jsonl",
                    "9f86d081",
                    Map.of("count", 200, "mean_chars", 412.25),
                    Map.of("maxTokens", "128"))));

    @Test
    void isWrittenInAFixedOrder_withoutSecrets(@TempDir Path dir) throws IOException {
        METADATA.write(dir);

        assertThat(Files.readString(dir.resolve("metadata.json"))).isEqualTo("""
                        {
                          "schema": "llm-load-metadata/1",
                          "started_at": "2026-11-22T05:31:07Z",
                          "clock_origin_ns": 123456789,
                          "simulated": false,
                          "release": "llama-3-8b-instruct/2026-11",
                          "git_commit": "0123456789abcdef0123456789abcdef01234567",
                          "configuration": {
                            "llmload.endpoint.apiKeyEnv": "LLM_API_KEY",
                            "llmload.headers": "X-Team: ***, Authorization: ***",
                            "llmload.request.maxTokens": "128",
                            "llmload.url": "http://***@gpu-host:8000/v1"
                          },
                          "labels": {
                            "dtype": "float16"
                          },
                          "versions": {
                            "java": "17.0.12",
                            "llm-load": "0.1.0"
                          },
                          "host": {
                            "cpus": "2"
                          },
                          "tests": [
                            {
                              "id": "com.acme.ChatReleaseTest#chat",
                              "endpoint": "http://gpu-host:8000/v1/chat/completions",
                              "model": "llama-3-8b",
                              "server": "uvicorn",
                              "prompts": "classpath:/prompts/chat.jsonl",
                              "prompts_sha256": "9f86d081",
                              "settings": {
                                "maxTokens": "128"
                              },
                              "prompt_statistics": {
                                "count": 200,
                                "mean_chars": 412.25
                              }
                            }
                          ]
                        }
                        """);
        assertThat(dir.toFile().list()).containsExactly("metadata.json");
    }

    @Test
    void whateverLooksLikeAKey_isMasked() {
        assertThat(Credentials.setting("llmload.label.note", "uses sk-abcdefgh12345678 and Bearer xyz"))
                .isEqualTo("uses *** and Bearer ***");
        assertThat(Credentials.setting("llmload.apiKey", "abc")).isEqualTo("***");
        assertThat(Credentials.setting("llmload.endpoint.tokenCount", "USAGE")).isEqualTo("USAGE");
    }

    @Test
    void theMachine_isDescribedWithoutNames() {
        assertThat(Machine.versions("")).containsEntry("llm-load", "unknown").containsKeys("java", "os");
        assertThat(Machine.host()).containsOnlyKeys("arch", "collector", "cpus", "jvm_options", "max_heap_mb");
        assertThat(Machine.options(List.of("-Xmn64m", "-Dkey=secret", "-XX:+UseParallelGC", "-ea")))
                .isEqualTo("-Xmn64m -XX:+UseParallelGC");
    }
}
