package dev.llmload.result.text;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PrintableTests {
    @ParameterizedTest
    @CsvSource(textBlock = """
            001b, \\u001b
            0000, \\u0000
            007f, \\u007f
            0085, \\u0085
            009b, \\u009b
            00ad, \\u00ad
            200b, \\u200b
            200f, \\u200f
            202e, \\u202e
            2028, \\u2028
            2066, \\u2066
            feff, \\ufeff
            d800, \\ud800
            fffe, \\ufffe
            061c, \\u061c
            """)
    void whatIsNotSeen_isShownAsItsNumber(String hex, String shown) {
        char c = (char) Integer.parseInt(hex, 16);
        assertThat(Printable.line("a" + c + "b")).isEqualTo("a" + shown + "b");
        assertThat(Printable.lines("a" + c + "b")).isEqualTo("a" + shown + "b");
    }

    @Test
    void tagsBeyondTheFirstPlane_areShownAsBothHalves() {
        assertThat(Printable.line("a" + Character.toString(0xE0041))).isEqualTo("a\\udb40\\udc41");
    }

    @ParameterizedTest
    @ValueSource(strings = {"llama-3-8b", "né 中文 😀 ✔ –", "👩‍💻"})
    void ordinaryText_staysAsItIs(String text) {
        assertThat(Printable.line(text)).isEqualTo(text);
        assertThat(Printable.lines(text)).isEqualTo(text);
    }

    @Test
    void aLine_hasNoEnd() {
        assertThat(Printable.line(" a\r\nb\nc\rd\te ")).isEqualTo("a b c d e");
    }

    @Test
    void aName_isNoLongerThanNamesAre() {
        assertThat(Printable.name("x".repeat(5000))).isEqualTo("x".repeat(200) + "…");
    }

    @ParameterizedTest
    @CsvSource({
        "'::error::x', '\\u003a:error::x'",
        "'  ::set-output name=a::b', '  \\u003a:set-output name=a::b'",
        "'a ::error::b', 'a ::error::b'",
        "'x ##[error]y', 'x \\u0023#[error]y'",
        "'##vso[task.setvariable]', '\\u0023#vso[task.setvariable]'",
        "'##teamcity[x]', '\\u0023#teamcity[x]'",
        "'## heading', '## heading'",
    })
    void aCommandOfACiSystem_isMadeText(String line, String shown) {
        assertThat(Printable.lines(line)).isEqualTo(shown);
        assertThat(Printable.lines("one\n" + line + "\ntwo\n")).isEqualTo("one\n" + shown + "\ntwo\n");
    }

    @Test
    void aCarriageReturn_cannotHideACommand() {
        assertThat(Printable.lines("a\r::error::x")).isEqualTo("a\\u000d::error::x");
        assertThat(Printable.lines("\u200b::error::x")).isEqualTo("\\u200b\\u003a:error::x");
        assertThat(Printable.lines("a\r\nb")).isEqualTo("a\nb");
    }
}
