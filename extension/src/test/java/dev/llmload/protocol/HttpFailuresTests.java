package dev.llmload.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmload.result.Outcome;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HttpFailuresTests {
    @ParameterizedTest
    @CsvSource({
        "200, OK",
        "204, OK",
        "299, OK",
        "100, HTTP_5XX",
        "301, HTTP_5XX",
        "307, HTTP_5XX",
        "400, HTTP_4XX",
        "404, HTTP_4XX",
        "408, HTTP_4XX",
        "428, HTTP_4XX",
        "429, RATE_LIMITED",
        "430, HTTP_4XX",
        "499, HTTP_4XX",
        "500, HTTP_5XX",
        "503, HTTP_5XX",
        "599, HTTP_5XX",
        "600, HTTP_5XX"
    })
    void statusHasAnOutcome(int status, Outcome outcome) {
        assertThat(HttpFailures.ofStatus(status)).isEqualTo(outcome);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"error\":{\"message\":\"Unrecognized request argument supplied: stream_options\"}}",
                "{\"detail\":[{\"type\":\"extra_forbidden\",\"loc\":[\"body\",\"stream_options\"],\"msg\":\"Extra inputs are not"
                        + " permitted\",\"input\":{\"include_usage\":true}}]}",
                "Unknown field: Stream_Options",
                "include_usage is not supported",
            })
    void refusalThatNamesTheOption_rejectsIt(String body) {
        assertThat(HttpFailures.rejectsStreamOptions(400, body)).isTrue();
        assertThat(HttpFailures.rejectsStreamOptions(422, body)).isTrue();
        assertThat(HttpFailures.rejectsStreamOptions(500, body)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(ints = {200, 401, 403, 404, 429, 503})
    void otherStatuses_rejectNothing(int status) {
        assertThat(HttpFailures.rejectsStreamOptions(status, "stream_options")).isFalse();
    }

    @Test
    void otherRefusals_rejectNothing_evenIfTheyQuoteTheRequest() {
        assertThat(HttpFailures.rejectsStreamOptions(400, "{\"error\":\"context length exceeded\"}"))
                .isFalse();
        assertThat(HttpFailures.rejectsStreamOptions(
                        422,
                        "{\"detail\":[{\"loc\":[\"body\",\"messages\"],\"msg\":\"too long\",\"input\":{\"messages\":[],"
                                + "\"stream_options\":{\"include_usage\":true}}}]}"))
                .isFalse();
        assertThat(HttpFailures.rejectsStreamOptions(
                        400, "{\"message\":\"[{'loc': ('body', 'x'), 'input': {'stream_options': 1}}]\"}"))
                .isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"error\":{\"message\":\"max_output_tokens is 1 but must be at least 16\"}}",
                "{\"error\":{\"message\":\"the output limit was reached before the message was finished\"}}",
                "max_tokens must exceed thinking.budget_tokens",
                "`max_completion_tokens` is too small",
                "Maximum tokens must be greater than 15",
                "generationConfig.maxOutputTokens: must be >= 8",
                "thinking_budget must be lower than the token limit",
                "{\"detail\":[{\"loc\":[\"body\",\"max_tokens\"],\"msg\":\"ge 16\",\"input\":1}]}",
            })
    void refusalThatSpeaksOfTheLimit_isAboutIt(String body) {
        assertThat(HttpFailures.isAboutTheTokenLimit(400, body)).isTrue();
        assertThat(HttpFailures.isAboutTheTokenLimit(422, body)).isTrue();
        assertThat(HttpFailures.isAboutTheTokenLimit(500, body)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "no such model",
                "unknown field top_k",
                "{\"detail\":[{\"loc\":[\"body\",\"top_k\"],\"input\":{\"max_tokens\":1}}]}"
            })
    void otherRefusals_areNotAboutTheLimit(String body) {
        assertThat(HttpFailures.isAboutTheTokenLimit(400, body)).isFalse();
    }
}
