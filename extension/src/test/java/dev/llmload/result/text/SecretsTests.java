package dev.llmload.result.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class SecretsTests {
    private static String redact(String text, String... secrets) {
        return Secrets.of(List.of(secrets)).redact(text);
    }

    @Nested
    class WhatLooksLikeASecret {
        @ParameterizedTest
        @CsvSource({
            "Incorrect API key provided: sk-proj-abc_123., Incorrect API key provided: ***",
            "Authorization: Bearer abc.def-123, Authorization: Bearer ***",
            "bearer   abcdef12 here, bearer   *** here",
            "Basic dXNlcjpwYXNzd29yZA==, Basic ***",
            "token hf_abcdefghijkl!, token ***!",
            "gsk_0123456789abc, ***",
            "pplx-0123456789abc, ***",
            "csk-0123456789abc, ***",
            "fw_0123456789abc, ***",
            "tgp_v1_0123456789abc, ***",
            "ya29.0123456789abc, ***",
            "ASIAIOSFODNN7EXAMPLE, ***",
            "dapi0123456789abcdef0123, ***",
            "token=abc123, token=***",
            "found \"X-Amz-Signature=abc123\", found \"X-Amz-Signature=***\"",
            "max_tokens=12 and n=1, max_tokens=12 and n=1",
            "key AIzaSyA-1234567890, key ***",
            "key sk-ab***********yz!, key ***!",
            "see http://bob:pw@host/x, see http://***@host/x",
            "GET /v1?api-key=abc&api-version=2024-10-21 failed, GET /v1?api-key=***&api-version=2024-10-21 failed",
            "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.abc is no good, *** is no good",
        })
        void isMasked(String text, String masked) {
            assertThat(redact(text)).isEqualTo(masked);
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "Missing bearer or basic authentication in header",
                    "the task-list of disk-usage failed",
                    "model llama-3-8b-instruct does not exist",
                    "http://host:8000/v1/chat/completions?api-version=2024-10-21",
                    "100 % of 5 & 6 \\ 7",
                    "",
                })
        void ordinaryText_staysAsItIs(String text) {
            assertThat(redact(text, "key2tricky9")).isEqualTo(text);
        }
    }

    @Nested
    class AKnownOne {
        private static final String SECRET = "k3y/Ab+c d\"e&f<é>z=Q9";

        static Stream<Arguments> forms() {
            return Stream.of(
                    form("plain", text -> text),
                    form("in capitals", text -> text.toUpperCase(Locale.ROOT)),
                    form("JSON", text -> text.replace("\"", "\\\"").replace("/", "\\/")),
                    form("JSON, all of it", text -> each(text, "\\u%04x")),
                    form("JSON, all of it, capitals", text -> each(text, "\\u%04X")),
                    form("JSON in JSON", text -> each(text, "\\\\u%04x")),
                    form("URL", AKnownOne::url),
                    form("URL, lower case", text -> hexLower(url(text))),
                    form("URL, %20", text -> url(text).replace("+", "%20")),
                    form("URL, all of it", text -> bytes(text, "%%%02X")),
                    form("URL twice", text -> url(url(text))),
                    form("HTML", text -> html(text)),
                    form("HTML, decimal", text -> each(text, "&#%d;")),
                    form("HTML, hexadecimal", text -> each(text, "&#x%X;")),
                    form("HTML in JSON", text -> html(text).replace("&", "\\u0026")),
                    form("base64", text -> base64(text)),
                    form("base64 without padding", text -> base64(text).replace("=", "")),
                    form("base64 for URLs", text -> Base64.getUrlEncoder().encodeToString(utf8(text))),
                    form("base64 in a URL", text -> url(base64(text))),
                    form("base64 in JSON", text -> base64(text).replace("/", "\\/")),
                    form("base64 behind one", text -> base64(":" + text)),
                    form("base64 behind two", text -> base64("u:" + text)),
                    form("base64 behind a user", text -> base64("robert:" + text)),
                    form("base64 with what follows", text -> base64("user:" + text + ":tail")),
                    form("hexadecimal", text -> HexFormat.of().formatHex(utf8(text))),
                    form("Python's bytes", text -> bytes(text, "\\x%02x")));
        }

        @ParameterizedTest(name = "{0}")
        @MethodSource("forms")
        void isMaskedInEveryForm(String name, UnaryOperator<String> form) {
            assertThat(redact("it said <" + form.apply(SECRET) + "> and stopped", SECRET))
                    .isEqualTo("it said <***> and stopped");
        }

        @Test
        void isMaskedWhereverItStands_fromEightCharactersOn() {
            assertThat(redact("no key2tricky9 and xkey2tricky9x", "key2tricky9"))
                    .isEqualTo("no *** and x***x");
        }

        @Test
        void isMaskedWhereTheTextIsCutOff() {
            assertThat(redact("got key2tri", "key2tricky9")).isEqualTo("got ***");
            assertThat(redact("got key2", "key2tricky9")).isEqualTo("got ***");
            assertThat(redact("got key", "key2tricky9")).isEqualTo("got key");
            String encoded = base64("user:key2tricky9");
            assertThat(redact("got " + encoded.substring(0, 15), "key2tricky9")).isEqualTo("got ***");
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "\\u006b\\u0065\\u0079\\u0032\\u00",
                    "%6b%65%79%32%7",
                    "%6b%65%79%32%",
                    "&#107;&#101;&#121;&#50;&#1"
                })
        void isMaskedWhereTheTextIsCutOffWithinAnEscape(String cut) {
            assertThat(redact("got " + cut, "key2tricky9")).isEqualTo("got ***");
        }

        @Test
        void ofFourToSevenCharacters_isMaskedAsAWordOnly() {
            assertThat(redact("EMPTY is no EMPTYNESS, \"EMPTY\"", "EMPTY")).isEqualTo("*** is no EMPTYNESS, \"***\"");
            assertThat(redact("a.bc and a+bc", "a.bc")).isEqualTo("*** and a+bc");
        }

        @Test
        void ofThreeCharactersOrFewer_isNotLookedFor() {
            assertThat(redact("abc of abc", "abc", "", " ")).isEqualTo("abc of abc");
        }

        @Test
        void severalAreMaskedSideBySide() {
            assertThat(redact("onesecret1twosecret2", "onesecret1", "twosecret2"))
                    .isEqualTo("***");
            assertThat(redact("onesecret1 twosecret2", "onesecret1", "twosecret2"))
                    .isEqualTo("*** ***");
        }

        private static Arguments form(String name, UnaryOperator<String> form) {
            return Arguments.of(name, form);
        }

        private static byte[] utf8(String text) {
            return text.getBytes(StandardCharsets.UTF_8);
        }

        private static String base64(String text) {
            return Base64.getEncoder().encodeToString(utf8(text));
        }

        private static String url(String text) {
            return URLEncoder.encode(text, StandardCharsets.UTF_8);
        }

        private static String hexLower(String text) {
            return text.replaceAll("%2F", "%2f")
                    .replaceAll("%2B", "%2b")
                    .replaceAll("%3C", "%3c")
                    .replaceAll("%3E", "%3e")
                    .replaceAll("%3D", "%3d")
                    .replaceAll("%C3%A9", "%c3%a9");
        }

        private static String html(String text) {
            return text.replace("&", "&amp;")
                    .replace("<", "&lt;")
                    .replace(">", "&gt;")
                    .replace("\"", "&quot;");
        }

        private static String each(String text, String format) {
            return text.chars().mapToObj(c -> String.format(format, c)).collect(Collectors.joining());
        }

        private static String bytes(String text, String format) {
            StringBuilder all = new StringBuilder();
            for (byte b : utf8(text)) {
                all.append(String.format(format, b & 0xFF));
            }
            return all.toString();
        }
    }

    @Nested
    class AnExcerpt {
        @Test
        void hasAtMost512Bytes_cutBetweenCharacters() {
            assertThat(Secrets.none().excerpt("x".repeat(600))).isEqualTo("x".repeat(512));
            String cut = Secrets.none().excerpt("é中😀".repeat(200));
            assertThat(cut.getBytes(StandardCharsets.UTF_8)).hasSize(512 - 512 % 9 + 5);
            assertThat(cut).endsWith("é中");
        }

        @Test
        void isMaskedBeforeItIsCut() {
            assertThat(Secrets.of(List.of("secretsecret")).excerpt("x".repeat(505) + " secretsecret"))
                    .endsWith("x ***");
        }

        @Test
        void isOneLineWithoutControlCharacters() {
            assertThat(Secrets.none().excerpt(" a\r\n  b\u001b[2J\u0000 ")).isEqualTo("a b\\u001b[2J\\u0000");
        }
    }

    @Test
    void aNameIsMaskedTooAndShown() {
        Secrets secrets = Secrets.of(List.of("EMPTY", "key2tricky9"));
        assertThat(secrets.name("stop")).isEqualTo("stop");
        assertThat(secrets.name("EMPTY")).isEqualTo("***");
        assertThat(secrets.name("is key2tricky9\u001b")).isEqualTo("is ***\\u001b");
        assertThat(secrets.name("sk-abcd")).isEqualTo("***");
    }

    @Test
    void theirTextShowsNone() {
        assertThat(Secrets.of(List.of("key2tricky9"))).hasToString("Secrets[1]");
    }
}
