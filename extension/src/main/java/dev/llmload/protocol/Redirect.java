package dev.llmload.protocol;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Optional;

/**
 * What to do about a redirect. None is followed: a POST that goes elsewhere is another request, to a server that may not be
 * the one that is meant.
 */
public final class Redirect {
    private static final List<String> KNOWN = List.of("/chat/completions", "/completions", "/models");

    private Redirect() {}

    /**
     * Whether a status sends the client elsewhere.
     *
     * @param status of a response
     * @return true for 301, 302, 303, 307 and 308
     */
    public static boolean is(int status) {
        return status == 301 || status == 302 || status == 303 || status == 307 || status == 308;
    }

    /**
     * Names the target and what to set.
     *
     * @param status of the response
     * @param asked the address that answered so
     * @param location its {@code Location} header, or empty
     * @return one sentence without a full stop; values of a query are masked
     */
    public static String sentence(int status, URI asked, String location) {
        String begin = "status " + status + " is a redirect";
        Optional<URI> target = target(asked, location);
        if (target.isEmpty()) {
            return begin + " without a target, which is not followed: check the path of the url";
        }
        String to = begin + " to " + ApiUrl.shown(target.get());
        String path = target.get().getRawPath() == null ? "" : target.get().getRawPath();
        String withoutSlash = path.replaceAll("/+$", "");
        boolean samePlace = sameServer(asked, target.get()) && withoutSlash.equals(asked.getRawPath());
        if (samePlace && !path.equals(withoutSlash)) {
            return to + ", which differs only by the slash at its end and is not followed: let the server, or the proxy"
                    + " before it, take the address without one";
        }
        Optional<String> suffix = KNOWN.stream().filter(withoutSlash::endsWith).findFirst();
        return suffix.isEmpty() || samePlace
                ? to
                        + ", which is no other address of this API and is not followed: a login page or a gateway may stand"
                        + " before the endpoint; check the path of the url and the API key"
                : to + ", which is not followed: set `llmload.url`, or `url` of @LlmEndpoint, to "
                        + target.get().getScheme() + "://" + target.get().getRawAuthority()
                        + withoutSlash.substring(
                                0, withoutSlash.length() - suffix.get().length());
    }

    private static Optional<URI> target(URI asked, String location) {
        try {
            URI target = asked.resolve(new URI(location.strip()));
            String scheme = String.valueOf(target.getScheme());
            boolean web = scheme.equalsIgnoreCase("http") || scheme.equalsIgnoreCase("https");
            boolean named = web && target.getHost() != null && target.getRawUserInfo() == null;
            return named && !location.isBlank() ? Optional.of(target) : Optional.empty();
        } catch (URISyntaxException | IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static boolean sameServer(URI one, URI other) {
        return one.getScheme().equalsIgnoreCase(other.getScheme())
                && one.getRawAuthority().equalsIgnoreCase(other.getRawAuthority());
    }
}
