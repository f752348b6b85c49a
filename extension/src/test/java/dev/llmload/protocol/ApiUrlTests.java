package dev.llmload.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.llmload.junit.Api;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ApiUrlTests {
    @ParameterizedTest
    @CsvSource({
        // server, API base, full endpoint | its base
        "http://host:8000,                              http://host:8000/v1",
        "http://host:8000/,                             http://host:8000/v1",
        "'  http://host:8000  ',                        http://host:8000/v1",
        "http://host:8000//,                            http://host:8000/v1",
        "http://host:8000/v1,                           http://host:8000/v1",
        "http://host:8000/v1/,                          http://host:8000/v1",
        "http://host:8000/v1/chat/completions,          http://host:8000/v1",
        "http://host:8000/v1/chat/completions/,         http://host:8000/v1",
        "http://host:8000/v1/completions,               http://host:8000/v1",
        "http://host:8000/completions,                  http://host:8000",
        "HTTPS://api.host.com,                          https://api.host.com/v1",
        "https://api.host.com/openai/v1,                https://api.host.com/openai/v1",
        "https://api.host.com/api/v3,                   https://api.host.com/api/v3",
        "https://host/v1/chat,                          https://host/v1/chat",
        "http://localhost:8080,                         http://localhost:8080/v1",
        "http://127.0.0.1,                              http://127.0.0.1/v1",
        "http://[::1]:8000,                             http://[::1]:8000/v1",
        "http://[2001:db8::1]/v1,                       http://[2001:db8::1]/v1",
        "http://host:,                                  http://host/v1",
        "https://host/my%20base,                        https://host/my%20base",
    })
    void everyAddress_isMadeFromTheBase(String url, String base) {
        ApiUrl api = ApiUrl.parse(url);
        assertThat(api.chat()).hasToString(base + "/chat/completions");
        assertThat(api.completions()).hasToString(base + "/completions");
        assertThat(api.models()).hasToString(base + "/models");
    }

    @ParameterizedTest
    @CsvSource({
        "http://h/v1/chat/completions, CHAT",
        "http://h/v1/completions, COMPLETIONS",
        "http://h/completions, COMPLETIONS",
        "http://h/api/chat-completions, CHAT",
        "http://h/api/text-completions, COMPLETIONS",
    })
    void fullEndpoint_fixesTheApi(String url, Api api) {
        ApiUrl parsed = ApiUrl.parse(url);
        assertThat(parsed.fixedApi()).contains(api);
        assertThat(parsed.of(Api.AUTO)).hasToString(url).isEqualTo(parsed.of(api));
        assertThat(parsed).hasToString(url);
    }

    @Test
    void serverAndBase_fixNoApi() {
        ApiUrl url = ApiUrl.parse("http://h:1");
        assertThat(url.fixedApi()).isEqualTo(Optional.empty());
        assertThat(url.of(Api.AUTO)).isEqualTo(url.chat()).isEqualTo(url.of(Api.CHAT));
        assertThat(url.of(Api.COMPLETIONS)).isEqualTo(url.completions());
        assertThat(url).hasToString("http://h:1/v1");
    }

    @Test
    void endpointOfAnUnusualName_hasItsModelsBesideIt() {
        ApiUrl url = ApiUrl.parse("http://h/api/chat-completions");
        assertThat(url.models()).hasToString("http://h/api/models");
        assertThat(url.completions()).hasToString("http://h/api/completions");
    }

    @Test
    void query_isKeptOnEveryAddress_butNotShown() {
        ApiUrl url = ApiUrl.parse("https://h/openai/deployments/d/chat/completions?api-version=2024-06&key=s3cret");
        assertThat(url.chat())
                .hasToString("https://h/openai/deployments/d/chat/completions?api-version=2024-06&key=s3cret");
        assertThat(url.models()).hasToString("https://h/openai/deployments/d/models?api-version=2024-06&key=s3cret");
        assertThat(url).hasToString("https://h/openai/deployments/d/chat/completions?api-version=***&key=***");
        assertThat(ApiUrl.parse("https://h/v1?s3cret")).hasToString("https://h/v1?***");
        assertThat(ApiUrl.parse("https://h?a=b=c").chat()).hasToString("https://h/v1/chat/completions?a=b=c");
        assertThat(ApiUrl.parse("https://h?a=b=c")).hasToString("https://h/v1?a=***");
    }

    @ParameterizedTest
    @CsvSource({
        "localhost:8000, http://localhost:8000",
        "gpu-host, http://gpu-host",
        "gpu-host:8000/v1, http://gpu-host:8000/v1",
        "192.168.0.7:8000, http://192.168.0.7:8000",
        "[::1]:8000, http://[::1]:8000",
        "//host, http://host",
        "http:/host:8000, http://host:8000",
        "http:host, http://host",
    })
    void missingScheme_offersTheRightOne(String url, String offer) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ApiUrl.parse(url))
                .withMessage("the endpoint's url must be the server (\"http://host:8000\"), its API base"
                        + " (\"http://host:8000/v1\") or a full endpoint (\"http://host:8000/v1/chat/completions\"), but was \""
                        + url + "\": it has no scheme: did you mean \"" + offer + "\"?");
    }

    @ParameterizedTest
    @CsvSource({
        "'', it is empty",
        "'  ', it is empty",
        "http://${host}, its placeholder was not resolved",
        "ftp://host, 'its scheme must be http or https, not ftp'",
        "ws://host, 'its scheme must be http or https, not ws'",
        "http://, expected authority",
        "http:///v1, it names no host",
        "http://:8000, it names no host",
        "http://my_host:8000, a host name cannot hold an underscore: use an alias or the IP address",
        "http://host:port, its host and port cannot be read",
        "http://host:0, 'its port must be 1 to 65535, not 0'",
        "http://host:65536, 'its port must be 1 to 65535, not 65536'",
        "http://host/v1#top, it must not hold a fragment",
        "http://host/a b, illegal character in path at column 14",
        "http://host /v1, it is not a valid address",
    })
    void badAddress_saysTheRuleTheValueAndTheReason(String url, String reason) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ApiUrl.parse(url))
                .withMessageStartingWith("the endpoint's url must be the server")
                .withMessageContaining("but was \"" + url.strip() + "\"")
                .withMessageContaining(reason);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://me:s3cret@host:8000",
                "http://s3cret@host",
                "me:s3cret@host:8000",
                "http://me:s3/cret@host",
                "http://me:s3cret@ho st",
                "ftp://host/?key=s3cret",
                "http://host:0/?key=s3cret",
            })
    void secretsInABadAddress_areNotRepeated(String url) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ApiUrl.parse(url))
                .satisfies(e -> assertThat(e.getMessage()).contains("***").doesNotContain("s3"));
    }
}
