package dev.llmload.result.text;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JsonFaultTests {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '^',
            value = {
                "Unexpected end-of-input: expected close marker for Array (start marker at [Source: REDACTED (`X` disabled); line: 1, column: 1])|Unexpected end-of-input: expected close marker for Array",
                "Trailing token (of type X) found after value (bound as `a.b.C`): not allowed as per `F`|Trailing token (of type X) found after value",
                "Non-standard token 'NaN': enable `J` to allow|Non-standard token 'NaN'",
                "Document nesting depth (1001) exceeds the maximum allowed (1000, from `a.b()`)|Document nesting depth (1001) exceeds the maximum allowed (1000)",
                "Duplicate field 'prompt'|Duplicate field 'prompt'"
            })
    void whatIsMeantForProgrammers_isLeftOut(String message, String words) {
        assertThat(JsonFault.words(message)).isEqualTo(words);
    }

    @Test
    void aTerminalIsNotObeyed_andNothingIsSaidInWords() {
        assertThat(JsonFault.words("Unrecognized token '\u001b[31m'\n at somewhere"))
                .isEqualTo("Unrecognized token '\\u001b[31m'");
        assertThat(JsonFault.words(null)).isEqualTo("not readable");
    }
}
