package dev.llmload.testkit;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * What a server of the field sends, and what it must come to: one entry of {@code servers/cases.json}, from which the table of
 * {@code docs/servers.md} is made too.
 *
 * @param name of the case
 * @param kind {@code usage}, {@code end}, {@code reasoning} or {@code pace}
 * @param servers that send it
 * @param sends what they send, in words
 * @param read how it is read, in words
 * @param events the events of the stream as they stand on the wire, each with its blank line
 * @param expect what must come of it, by name
 */
public record ServerCase(
        String name, String kind, String servers, String sends, String read, List<String> events, JsonNode expect) {
    private static final String FOLDER = "/dev/llmload/servers/";
    private static final ObjectMapper JSON = new ObjectMapper();

    /** All of them, in the order of the file. */
    public static Stream<ServerCase> all() {
        try (InputStream file = open("cases.json")) {
            List<ServerCase> cases = new ArrayList<>();
            for (JsonNode entry : JSON.readTree(file)) {
                cases.add(of(entry));
            }
            return cases.stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static ServerCase of(JsonNode entry) throws IOException {
        List<String> events =
                entry.has("stream") ? fromFile(entry.get("stream").asText()) : written(entry.get("events"));
        return new ServerCase(
                entry.get("name").asText(),
                entry.get("kind").asText(),
                entry.get("servers").asText(),
                entry.get("sends").asText(),
                entry.get("read").asText(),
                events,
                entry.get("expect"));
    }

    /** An object is the data of an event, a text the bytes themselves. */
    private static List<String> written(JsonNode events) {
        return StreamSupport.stream(events.spliterator(), false)
                .map(event -> event.isTextual() ? event.asText() : "data: " + event + "\n\n")
                .toList();
    }

    private static List<String> fromFile(String name) throws IOException {
        String text = new String(bytes("streams/" + name), StandardCharsets.UTF_8);
        return Stream.of(text.split("(?<=\n\n)")).toList();
    }

    /** A file of the folder. */
    public static byte[] bytes(String name) throws IOException {
        try (InputStream file = open(name)) {
            return file.readAllBytes();
        }
    }

    private static InputStream open(String name) {
        return Objects.requireNonNull(ServerCase.class.getResourceAsStream(FOLDER + name), name);
    }

    /** The whole stream. */
    public String body() {
        return String.join("", events);
    }

    /** Whether the case says what must come of this. */
    public boolean says(String what) {
        return expect.has(what);
    }

    /** A number that must come of it. */
    public int number(String what) {
        return expect.get(what).asInt();
    }

    /** A word or text that must come of it. */
    public String text(String what) {
        return expect.get(what).asText();
    }

    @Override
    public String toString() {
        return name;
    }
}
