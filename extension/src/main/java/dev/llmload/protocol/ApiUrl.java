package dev.llmload.protocol;

import dev.llmload.junit.Api;
import dev.llmload.result.text.Secrets;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Where an endpoint is: the server ({@code http://host:8000}, to which {@code /v1} is added), its API base
 * ({@code http://host:8000/v1}) or one full endpoint ({@code …/v1/chat/completions}). A query is kept on every address
 * made from it. Immutable.
 */
public final class ApiUrl {
    private static final Pattern QUERY_VALUE = Pattern.compile("=[^&]*");
    private static final Pattern VERSION = Pattern.compile("/v\\d+[a-z0-9]*$");
    private static final String COMPLETIONS = "/completions";
    private static final String CHAT_COMPLETIONS = "/chat/completions";

    private final String origin;
    private final String base;
    private final String chatPath;
    private final String completionsPath;
    private final String query;
    private final Optional<Api> fixed;

    private ApiUrl(String origin, String path, String query) {
        this.origin = origin;
        this.query = query;
        this.fixed = fixedApiOf(path);
        this.base = baseOf(path);
        this.chatPath = fixed.equals(Optional.of(Api.CHAT)) ? path : base + CHAT_COMPLETIONS;
        this.completionsPath = fixed.equals(Optional.of(Api.COMPLETIONS)) ? path : base + COMPLETIONS;
    }

    /**
     * Reads an address.
     *
     * @param url server, API base or full endpoint, {@code http} or {@code https}
     * @return the address
     * @throws IllegalArgumentException if it cannot work; the message states the rule and the value, without user-info and
     *     query values
     */
    public static ApiUrl parse(String url) {
        URI uri = ApiUrlRules.check(url.strip());
        String path = uri.getRawPath().replaceAll("/+$", "");
        String host = uri.getHost();
        String origin = uri.getScheme().toLowerCase(Locale.ROOT) + "://" + host
                + (uri.getPort() < 0 ? "" : ":" + uri.getPort());
        return new ApiUrl(origin, path.isEmpty() ? "/v1" : path, uri.getRawQuery() == null ? "" : uri.getRawQuery());
    }

    private static Optional<Api> fixedApiOf(String path) {
        if (!path.endsWith("completions")) {
            return Optional.empty();
        }
        String tail = path.endsWith(COMPLETIONS) ? path : path.substring(path.lastIndexOf('/'));
        boolean chat = path.endsWith(CHAT_COMPLETIONS) || !path.endsWith(COMPLETIONS) && tail.contains("chat");
        return Optional.of(chat ? Api.CHAT : Api.COMPLETIONS);
    }

    private static String baseOf(String path) {
        if (path.endsWith(CHAT_COMPLETIONS)) {
            return path.substring(0, path.length() - CHAT_COMPLETIONS.length());
        }
        return path.endsWith("completions") ? path.substring(0, path.lastIndexOf('/')) : path;
    }

    /** {@return the address of chat completions} */
    public URI chat() {
        return uri(chatPath);
    }

    /** {@return the address of text completions} */
    public URI completions() {
        return uri(completionsPath);
    }

    /** {@return the address of the list of models} */
    public URI models() {
        return uri(base + "/models");
    }

    /**
     * The address of a page beside the API.
     *
     * @param path from the root of the server, for example {@code "/metrics"}
     * @return its address
     */
    public URI server(String path) {
        return uri(path);
    }

    /**
     * The folders of the server that the API is in, without its version: of {@code http://host/a/my-model/v1} they are
     * {@code "/a/my-model"}, {@code "/a"} and {@code ""}.
     *
     * @return paths without a slash at the end, the deepest first, the root last
     */
    public List<String> folders() {
        List<String> folders = new ArrayList<>();
        String folder = VERSION.matcher(base).replaceFirst("");
        while (!folder.isEmpty()) {
            folders.add(folder);
            folder = folder.substring(0, folder.lastIndexOf('/'));
        }
        folders.add("");
        return folders;
    }

    /**
     * The address of one of the interfaces.
     *
     * @param api which; {@link Api#AUTO} means the one that the address fixes, else chat
     * @return its address
     */
    public URI of(Api api) {
        Api meant = api == Api.AUTO ? fixed.orElse(Api.CHAT) : api;
        return meant == Api.CHAT ? chat() : completions();
    }

    /** {@return the interface that a full endpoint fixes; empty for a server or an API base} */
    public Optional<Api> fixedApi() {
        return fixed;
    }

    private URI uri(String path) {
        try {
            return new URI(origin + path + (query.isEmpty() ? "" : "?" + query));
        } catch (URISyntaxException e) {
            throw new IllegalStateException("made of the parts of a valid address", e);
        }
    }

    /** The full endpoint or the API base, with {@code ***} for each value of its query. */
    @Override
    public String toString() {
        String path =
                fixed.map(api -> api == Api.CHAT ? chatPath : completionsPath).orElse(base);
        return origin + path + hidden(query);
    }

    /**
     * An address as messages and reports show it, with {@code ***} for each value of its query, because some gateways
     * take keys there.
     *
     * @param address any
     * @return its text
     */
    public static String shown(URI address) {
        String text = address.toString();
        int question = text.indexOf('?');
        return question < 0 ? text : text.substring(0, question) + hidden(text.substring(question + 1));
    }

    private static String hidden(String query) {
        if (query.isEmpty()) {
            return "";
        }
        return "?"
                + (query.indexOf('=') < 0
                        ? Secrets.MASK
                        : QUERY_VALUE.matcher(query).replaceAll("=" + Secrets.MASK));
    }
}
