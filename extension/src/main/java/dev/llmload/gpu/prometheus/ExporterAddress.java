package dev.llmload.gpu.prometheus;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;

/** Where a DCGM exporter publishes its page. */
public final class ExporterAddress {
    private ExporterAddress() {}

    /**
     * Reads an address; a server without a path means its {@code /metrics}.
     *
     * @param text {@code http://gpu-host:9400/metrics}, or the server alone
     * @return the address of the page
     * @throws IllegalArgumentException if it cannot work; the message states the rule and the value
     */
    public static URI parse(String text) {
        try {
            URI uri = new URI(text.strip());
            String scheme = uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
            if ((scheme.equals("http") || scheme.equals("https"))
                    && uri.getHost() != null
                    && uri.getRawUserInfo() == null) {
                String path = uri.getRawPath();
                return path.isEmpty() || path.equals("/") ? uri.resolve("/metrics") : uri;
            }
        } catch (URISyntaxException e) {
            // Said below, in the same words as any other mistake.
        }
        throw new IllegalArgumentException("must be the address of a DCGM exporter's page, such as"
                + " http://gpu-host:9400/metrics, without user and password, but was `"
                + text.replaceAll("//[^/@]*@", "//***@") + "`");
    }
}
