package dev.llmload.openai;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SecretsTests {
    @ParameterizedTest
    @CsvSource({
        "Incorrect API key provided: sk-proj-abc_123., Incorrect API key provided: ***",
        "Authorization: Bearer abc.def-123, Authorization: Bearer ***",
        "bearer   abcdef12 here, bearer   *** here",
        "Basic dXNlcjpwYXNzd29yZA==, Basic ***",
        "token hf_abcdefghijkl!, token ***!",
        "gsk_0123456789abc, ***",
        "key AIzaSyA-1234567890, key ***",
        "key sk-ab***********yz!, key ***!",
    })
    void whatLooksLikeAKey_isMasked(String text, String masked) {
        assertThat(Secrets.redact(text, "")).isEqualTo(masked);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Missing bearer or basic authentication in header",
                "the task-list of disk-usage failed",
                "model llama-3-8b-instruct does not exist",
                "",
            })
    void ordinaryText_staysAsItIs(String text) {
        assertThat(Secrets.redact(text, "")).isEqualTo(text);
    }

    @Test
    void theKeyItself_isMaskedWhereverItStands() {
        assertThat(Secrets.redact("no key2tricky9 and xkey2tricky9x", "key2tricky9"))
                .isEqualTo("no *** and x***x");
    }

    @Test
    void keyThatTheEndCutsOff_isMasked() {
        assertThat(Secrets.redact("got key2tri", "key2tricky9")).isEqualTo("got ***");
        assertThat(Secrets.redact("got key2", "key2tricky9")).isEqualTo("got ***");
        assertThat(Secrets.redact("got key", "key2tricky9")).isEqualTo("got key");
    }

    @Test
    void shortKey_isMaskedAsAWordOnly() {
        assertThat(Secrets.redact("EMPTY is no EMPTYNESS, \"EMPTY\"", "EMPTY"))
                .isEqualTo("*** is no EMPTYNESS, \"***\"");
        assertThat(Secrets.redact("a.b and a+b", "a.b")).isEqualTo("*** and a+b");
    }

    @Test
    void atMost512Bytes_cutBetweenCharacters() {
        assertThat(Secrets.redact("x".repeat(512), "")).hasSize(512);
        assertThat(Secrets.redact("x".repeat(600), "")).isEqualTo("x".repeat(512));
        String cut = Secrets.redact("é中😀".repeat(200), "");
        assertThat(cut.getBytes(StandardCharsets.UTF_8)).hasSize(512 - 512 % 9 + 5);
        assertThat(cut).endsWith("é中");
    }

    @Test
    void maskingComesBeforeCutting() {
        assertThat(Secrets.redact("x".repeat(505) + " secretsecret", "secretsecret"))
                .endsWith("x ***");
    }
}
