package dev.llmload.protocol;

import dev.llmload.result.text.Secrets;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.regex.Pattern;

/** What an endpoint's address must be, and what to say when it is not. */
final class ApiUrlRules {
    private static final Pattern SCHEME = Pattern.compile("^[A-Za-z][A-Za-z0-9+.-]*://.*");
    private static final Pattern USER_INFO = Pattern.compile("^((?:[A-Za-z][A-Za-z0-9+.-]*:)?//)?[^/?#]*@");
    private static final Pattern BEFORE_AT = Pattern.compile("^((?:[A-Za-z][A-Za-z0-9+.-]*:)?//)?[^?]*@");
    private static final String RULE =
            "the endpoint's url must be the server (\"http://host:8000\"), its API base (\"http://host:8000/v1\") or a full "
                    + "endpoint (\"http://host:8000/v1/chat/completions\")";

    private ApiUrlRules() {}

    static URI check(String url) {
        if (url.isEmpty()) {
            throw bad(url, "it is empty");
        }
        if (url.contains("${")) {
            throw bad(url, "its placeholder was not resolved");
        }
        if (!SCHEME.matcher(url).matches()) {
            throw bad(
                    url,
                    "it has no scheme: did you mean \"" + shown("http://" + url.replaceAll("^(?:https?:)?/*", ""))
                            + "\"?");
        }
        URI uri = parsed(url);
        String scheme = uri.getScheme().toLowerCase(Locale.ROOT);
        if (!scheme.equals("http") && !scheme.equals("https")) {
            throw bad(url, "its scheme must be http or https, not " + scheme);
        }
        if (USER_INFO.matcher(url).find()) {
            throw bad(
                    url,
                    "it must not hold a user name or password: name the environment variable of an API key, or use headers");
        }
        if (uri.getHost() == null) {
            throw bad(url, hostProblem(uri));
        }
        if (uri.getPort() == 0 || uri.getPort() > 65_535) {
            throw bad(url, "its port must be 1 to 65535, not " + uri.getPort());
        }
        if (uri.getRawFragment() != null) {
            throw bad(url, "it must not hold a fragment (#…), which is never sent");
        }
        return uri;
    }

    private static URI parsed(String url) {
        try {
            return new URI(url);
        } catch (URISyntaxException e) {
            throw bad(
                    url,
                    "it is not a valid address: " + e.getReason().toLowerCase(Locale.ROOT) + " at column "
                            + (e.getIndex() + 1));
        }
    }

    private static String hostProblem(URI uri) {
        String authority = uri.getRawAuthority();
        if (authority == null || authority.startsWith(":")) {
            return "it names no host";
        }
        return authority.contains("_")
                ? "a host name cannot hold an underscore: use an alias or the IP address"
                : "its host and port cannot be read";
    }

    private static IllegalArgumentException bad(String url, String reason) {
        return new IllegalArgumentException(RULE + ", but was \"" + shown(url) + "\": " + reason);
    }

    /** Without what may be secret: user-info and the query. */
    private static String shown(String url) {
        String open = BEFORE_AT.matcher(url).replaceFirst("$1" + Secrets.MASK + "@");
        int query = open.indexOf('?');
        return query < 0 ? open : open.substring(0, query + 1) + Secrets.MASK;
    }
}
