package dev.llmload.junit.declared;

import dev.llmload.config.Configuration;
import dev.llmload.config.Placeholders;
import dev.llmload.protocol.BodySecrets;
import dev.llmload.result.text.Credentials;
import dev.llmload.result.text.Secrets;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** What this JVM was told that must not be told on, besides the API key and what looks like a credential by itself. */
final class KnownSecrets {
    private static final List<String> VARIABLES =
            List.of("HF_TOKEN", "HUGGING_FACE_HUB_TOKEN", "HUGGINGFACE_TOKEN", "LLM_API_KEY", "OPENAI_API_KEY");
    private static final List<String> PROXIES = List.of("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY");
    private static final List<String> PROPERTIES = List.of(
            "http.proxyPassword",
            "https.proxyPassword",
            "java.net.socks.password",
            "javax.net.ssl.keyStorePassword",
            "javax.net.ssl.trustStorePassword");
    /** A number, a flag: filled in by a placeholder, but no secret. */
    private static final Pattern PLAIN = Pattern.compile("true|false|null|none|-?[0-9.]{1,7}");

    private KnownSecrets() {}

    /**
     * The secrets of one test.
     *
     * @param headers as they are declared, placeholders not replaced
     * @param extraBody as it is declared
     */
    static Secrets of(Configuration configuration, List<String> headers, String extraBody) {
        List<String> known = new ArrayList<>();
        for (String name : VARIABLES) {
            configuration.environmentVariable(name).ifPresent(known::add);
        }
        for (String name : PROXIES) {
            configuration.environmentVariable(name).ifPresent(proxy -> known.addAll(ofProxy(proxy)));
            configuration
                    .environmentVariable(name.toLowerCase(java.util.Locale.ROOT))
                    .ifPresent(proxy -> known.addAll(ofProxy(proxy)));
        }
        for (String name : PROPERTIES) {
            known.add(System.getProperty(name, ""));
        }
        List<String> texts = new ArrayList<>(headers);
        texts.add(extraBody);
        for (String text : texts) {
            for (String value : Placeholders.values(text, configuration)) {
                if (!PLAIN.matcher(value).matches()) {
                    known.addAll(Credentials.in(value));
                }
            }
        }
        known.addAll(BodySecrets.of(resolved(extraBody, configuration)));
        return Secrets.of(known);
    }

    private static List<String> ofProxy(String address) {
        try {
            String userInfo = URI.create(address.contains("://") ? address : "http://" + address)
                    .getRawUserInfo();
            return userInfo == null || userInfo.indexOf(':') < 0 ? List.of() : Credentials.ofUserInfo(userInfo);
        } catch (IllegalArgumentException e) {
            int at = address.lastIndexOf('@');
            int colon = address.indexOf(':', address.indexOf("://") + 3);
            return at > colon && colon > 0 ? List.of(address.substring(colon + 1, at)) : List.of();
        }
    }

    // What is wrong with it is said where it is read.
    private static String resolved(String text, Configuration configuration) {
        try {
            return Placeholders.resolve(text, configuration);
        } catch (IllegalArgumentException e) {
            return "";
        }
    }
}
