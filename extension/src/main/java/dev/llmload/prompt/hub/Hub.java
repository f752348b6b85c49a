package dev.llmload.prompt.hub;

import java.net.URI;
import java.nio.file.Path;
import java.util.function.Consumer;

/**
 * Where {@code hf:} sources are read: a server that speaks the rows API of the Hugging Face datasets server, and the
 * folder that keeps what was read.
 *
 * @param url base of the server, {@code http} or {@code https}
 * @param cache folder; made when needed
 * @param token of the user, sent as a bearer token and shown nowhere; empty for none
 * @param say told how a download is getting on, in sentences
 */
public record Hub(URI url, Path cache, String token, Consumer<String> say) {
    /** Where the public data sets are. */
    public static final String DEFAULT_URL = "https://datasets-server.huggingface.co";

    /** Refuses what is no base of a server. */
    public Hub {
        String scheme = String.valueOf(url.getScheme());
        if (!scheme.matches("https?") || url.getHost() == null || url.getQuery() != null) {
            throw new IllegalArgumentException(
                    "the datasets server must be a URL such as " + DEFAULT_URL + ", but is \"" + url + "\"");
        }
    }

    /**
     * The server of the public data sets.
     *
     * @param cache folder
     * @return without a token, silent
     */
    public static Hub standard(Path cache) {
        return new Hub(URI.create(DEFAULT_URL), cache, "", sentence -> {});
    }

    /** The folder used where none is named: {@code ~/.cache/llm-load}. */
    public static Path standardCache() {
        return Path.of(System.getProperty("user.home"), ".cache", "llm-load");
    }

    @Override
    public String toString() {
        return "Hub[" + url + ", " + cache + "]";
    }
}
