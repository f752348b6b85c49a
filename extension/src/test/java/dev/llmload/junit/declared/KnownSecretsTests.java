package dev.llmload.junit.declared;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmload.config.Configuration;
import dev.llmload.result.text.Secrets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class KnownSecretsTests {
    private static final Map<String, String> PARAMETERS = Map.of(
            "team.key",
            "lima-oscar-kilo",
            "ignore.eos",
            "true",
            "llmload.model",
            "some-model",
            "body.user",
            "user77person");

    private static String redact(Map<String, String> environment, List<String> headers, String extraBody, String text) {
        Secrets secrets = KnownSecrets.of(
                new Configuration(key -> Optional.ofNullable(PARAMETERS.get(key)), environment, Map.of()),
                headers,
                extraBody);
        return secrets.redact(text);
    }

    @Test
    void whatAPlaceholderOfAHeaderStandsFor() {
        assertThat(redact(Map.of(), List.of("X-Team: ${team.key}"), "", "got lima-oscar-kilo"))
                .isEqualTo("got ***");
    }

    @Test
    void butNoDefault_noFlag_andNoKeyThatEveryFileShows() {
        assertThat(redact(
                        Map.of(),
                        List.of("X-Team: ${nobody:blue-team}", "X-Model: ${llmload.model}"),
                        "{\"ignore_eos\": ${ignore.eos}}",
                        "blue-team some-model true"))
                .isEqualTo("blue-team some-model true");
    }

    @Test
    void whatStandsUnderTheNameOfACredentialInTheBody_orLooksLikeOne_orIsFilledIn() {
        assertThat(redact(
                        Map.of(),
                        List.of(),
                        "{\"metadata\": {\"api_key\": \"quebec-romeo\", \"note\": \"sk-abcdefgh\"}, \"user\": \"${body.user}\","
                                + " \"stop\": [\"plainstop\"]}",
                        "quebec-romeo sk-abcdefgh user77person plainstop"))
                .isEqualTo("*** *** *** plainstop");
    }

    @Test
    void theTokenOfHuggingFace_andThePasswordsOfProxies() {
        assertThat(redact(
                        Map.of(
                                "HF_TOKEN", "facetoken99",
                                "https_proxy", "http://bob:proxy%2Fpass1@proxy:3128",
                                "HTTP_PROXY", "carol:proxypass2@proxy:3128"),
                        List.of(),
                        "",
                        "facetoken99 proxy/pass1 proxy%2Fpass1 proxypass2 bob"))
                .isEqualTo("*** *** *** *** bob");
    }
}
