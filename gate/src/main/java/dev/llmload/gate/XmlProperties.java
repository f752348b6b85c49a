package dev.llmload.gate;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;

/**
 * The system properties in JUnit's XML: it writes all of them, and with them what was given as {@code -D}, the whole command
 * line and passwords of key stores. Only those that describe the machine stay.
 */
final class XmlProperties {
    private static final Pattern PROPERTY = Pattern.compile("<property name=\"([^\"]*)\" value=\"[^\"]*\"\\s*/>\\s*");
    private static final Pattern KEPT = Pattern.compile(
            "java\\.(?:version|version\\.date|vendor|vendor\\.version|vm\\.name|vm\\.version|runtime\\.name|runtime\\.version)"
                    + "|os\\.(?:name|version|arch)|(?:file|native|stdout|sun\\.jnu)\\.encoding|user\\.(?:language|timezone)");

    private XmlProperties() {}

    /** Rewrites every XML report of a folder. */
    static void clean(Path folder) throws IOException {
        try (DirectoryStream<Path> reports = Files.newDirectoryStream(folder, "TEST-*.xml")) {
            for (Path report : reports) {
                String text = Files.readString(report, StandardCharsets.UTF_8);
                Files.writeString(report, cleaned(text), StandardCharsets.UTF_8);
            }
        }
    }

    static String cleaned(String xml) {
        int end = xml.indexOf("</properties>");
        if (end < 0) {
            return xml;
        }
        String properties = PROPERTY.matcher(xml.substring(0, end))
                .replaceAll(m ->
                        KEPT.matcher(m.group(1)).matches() ? java.util.regex.Matcher.quoteReplacement(m.group()) : "");
        return properties + xml.substring(end);
    }
}
