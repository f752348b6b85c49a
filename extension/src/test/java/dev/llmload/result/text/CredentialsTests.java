package dev.llmload.result.text;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CredentialsTests {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "Authorization",
                "Proxy-Authorization",
                "api-key",
                "X-API-Key",
                "apikey",
                "apiKey",
                "x_api_key",
                "Ocp-Apim-Subscription-Key",
                "X-Auth-Token",
                "access_token",
                "accessToken",
                "accesstoken",
                "token",
                "key",
                "Cookie",
                "Set-Cookie",
                "client_secret",
                "clientSecret",
                "password",
                "db-passwd",
                "sig",
                "X-Amz-Signature",
                "hf_token",
                "x-portkey-api-key",
                "llmload.apiKey",
                "private.key",
                "jwt"
            })
    void namesOfCredentials(String name) {
        assertThat(Credentials.isName(name)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "max_tokens",
                "maxTokens",
                "tokenCount",
                "llmload.endpoint.apiKeyEnv",
                "timeout.firstToken",
                "eos_token",
                "tokenizer",
                "prompt_cache_key",
                "stop_token_ids",
                "X-Team",
                "model",
                "api-version",
                "keyword",
                "author",
                "design",
                "skip_special_tokens",
                "user",
                ""
            })
    void namesOfOtherThings(String name) {
        assertThat(Credentials.isName(name)).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "Bearer abc123def, true",
        "sk-abcdefgh, true",
        "9f86d081884c7d659a2feaa0c55ad015, true",
        "a1B2c3D4e5F6g7H8, true",
        "blue, false",
        "gpt-4o-mini-2024-07-18, false",
        "2024-02-15-preview, false",
        "550e8400-e29b-41d4-a716-446655440000, false",
        "application/json, false",
    })
    void valuesThatLookLikeOne(String value, boolean credential) {
        assertThat(Credentials.isValue(value)).isEqualTo(credential);
    }

    @Test
    void ofAHeader_whatStandsBehindTheScheme() {
        assertThat(Credentials.in("Bearer abc.def")).containsExactly("abc.def");
        assertThat(Credentials.in("abcdef")).containsExactly("abcdef");
        assertThat(Credentials.in("Basic Ym9iOnB3MTIzNDU2")).contains("Ym9iOnB3MTIzNDU2", "pw123456", "bob:pw123456");
        assertThat(Credentials.in("theme=dark; session=abcdefgh12")).contains("abcdefgh12");
    }

    @Test
    void ofAQuery_theValuesUnderSuchNames_andThoseThatLookLikeOne() {
        assertThat(Credentials.ofQuery("api-version=2024-10-21&api-key=a%2Fb&x=1"))
                .containsExactly("a/b", "a%2Fb");
        assertThat(Credentials.ofQuery("code=abc%3D%3D")).contains("abc==");
        assertThat(Credentials.ofQuery("q=9f86d081884c7d659a2feaa0")).contains("9f86d081884c7d659a2feaa0");
        assertThat(Credentials.ofQuery("")).isEmpty();
    }

    @Test
    void aSetting_isShownAsItsNameAllows() {
        assertThat(Credentials.setting("llmload.gpu.dcgm", "http://h:9400/metrics?a=b&c=d"))
                .isEqualTo("http://h:9400/metrics?a=***&c=***");
        assertThat(Credentials.setting("llmload.url", "simulator:fast?ttft=4ms"))
                .isEqualTo("simulator:fast?ttft=4ms");
    }
}
