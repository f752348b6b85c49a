package dev.llmload.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Where a redirect points, and what to set. */
class RedirectTests {
    private static final URI ASKED = URI.create("http://gw.example:8080/v1/chat/completions");

    private static String sentence(String location) {
        return Redirect.sentence(308, ASKED, location);
    }

    @ParameterizedTest
    @CsvSource({
        "https://gw.example/v1/chat/completions, https://gw.example/v1/chat/completions, https://gw.example/v1",
        "https://gw.example/v1/chat/completions/, https://gw.example/v1/chat/completions/, https://gw.example/v1",
        "/llm/v1/chat/completions, http://gw.example:8080/llm/v1/chat/completions, http://gw.example:8080/llm/v1",
        "//other.example/v1/completions, http://other.example/v1/completions, http://other.example/v1",
        "https://[::1]:9/v1/chat/completions?key=k&v=2, https://[::1]:9/v1/chat/completions?key=***&v=***,"
                + " https://[::1]:9/v1",
    })
    void anotherAddressOfTheApi_isWhatToSet(String location, String shown, String url) {
        assertThat(sentence(location))
                .isEqualTo("status 308 is a redirect to " + shown
                        + ", which is not followed: set `llmload.url`, or `url` of @LlmEndpoint, to " + url);
    }

    @Test
    void aSlashAtTheEnd_isTheServersBusiness() {
        assertThat(sentence("/v1/chat/completions/"))
                .isEqualTo(
                        "status 308 is a redirect to http://gw.example:8080/v1/chat/completions/, which differs only by"
                                + " the slash at its end and is not followed: let the server, or the proxy before it, take the"
                                + " address without one");
    }

    @ParameterizedTest
    @ValueSource(strings = {"https://sso.example/login", "http://gw.example:8080/v1/chat/completions", "/"})
    void whatIsNoOtherAddressOfTheApi_isSaidToBeNone(String location) {
        assertThat(sentence(location))
                .isEqualTo("status 308 is a redirect to " + ASKED.resolve(location)
                        + ", which is no other address of this API and is not followed: a login page or a gateway may stand"
                        + " before the endpoint; check the path of the url and the API key");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "ftp://x/v1",
                "http://",
                "http://a b/",
                "http://user:secret@h/v1/completions",
                "mailto:a@b"
            })
    void withoutATargetThatCanBeNamed(String location) {
        assertThat(sentence(location))
                .isEqualTo(
                        "status 308 is a redirect without a target, which is not followed: check the path of the url");
    }

    @Test
    void fiveStatusesAreRedirects() {
        assertThat(IntStream.range(100, 600).filter(Redirect::is)).containsExactly(301, 302, 303, 307, 308);
    }
}
