package dev.llmload.prompt;

import dev.llmload.result.ChatMessage;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Made-up prompts of given lengths: {@code synthetic:input=512±128,output=128}. One common English word is about one
 * token; how many it is, only the server knows. Each is made again from its number whenever it is asked for.
 */
final class SyntheticPrompts implements PromptStore {
    private static final String EXPECTED =
            "expected synthetic:input=512±128,output=128, and if needed count=1000, pin=true, seed=42";
    private static final List<String> KEYS = List.of("input", "output", "count", "pin", "seed");
    private static final Pattern LENGTH = Pattern.compile("(\\d{1,7})(?:\\s*(?:±|\\+-)\\s*(\\d{1,7}))?");
    private static final String[] WORDS =
            ("the of and to in is that for it was on are as with they at be this have from or"
                            + " one had by word but not what all were we when your can said there use an each which she do how"
                            + " their if will up other about out many then them these so some her would make like him into time"
                            + " has look two more write go see number no way could people my than first water been call who oil"
                            + " its now find long down day did get come made may part")
                    .split(" ");

    private final Length input;
    private final Optional<Length> output;
    private final int count;
    private final boolean pinned;
    private final long seed;

    private SyntheticPrompts(Length input, Optional<Length> output, int count, boolean pinned, long seed) {
        this.input = input;
        this.output = output;
        this.count = count;
        this.pinned = pinned;
        this.seed = seed;
    }

    /** A mean, and the standard deviation of a normal distribution that is cut off below 1. */
    private record Length(int mean, int deviation) {
        int draw(Random random) {
            return (int) Math.max(1, Math.round(mean + deviation * random.nextGaussian()));
        }
    }

    static Part read(String spec) {
        SyntheticPrompts store = parse(spec);
        Measures.Builder measures = new Measures.Builder();
        for (int i = 0; i < store.count; i++) {
            measures.add(store.get(i));
        }
        return new Part(
                spec,
                1,
                store,
                measures.build(),
                List.of(spec + " takes a word for a token; what the server counts is what was sent"));
    }

    private static SyntheticPrompts parse(String spec) {
        Map<String, String> options = new LinkedHashMap<>();
        for (String pair : spec.substring("synthetic:".length()).split(",", -1)) {
            int equals = pair.indexOf('=');
            String key = equals < 0 ? "" : pair.substring(0, equals).strip();
            if (!KEYS.contains(key)
                    || options.put(key, pair.substring(equals + 1).strip()) != null) {
                throw refuse(spec, EXPECTED + ", but found \"" + pair.strip() + "\"");
            }
        }
        if (!options.containsKey("input")) {
            throw refuse(spec, "it has no input: " + EXPECTED);
        }
        String pin = options.getOrDefault("pin", "false");
        if (!pin.equals("true") && !pin.equals("false") || pin.equals("true") && !options.containsKey("output")) {
            throw refuse(spec, "pin must be true or false, true with output= only, but is \"" + pin + "\"");
        }
        Optional<Length> output = Optional.ofNullable(options.get("output")).map(text -> length(spec, "output", text));
        Length count = length(spec, "count", options.getOrDefault("count", "1000"));
        Length seed = length(spec, "seed", options.getOrDefault("seed", "42"));
        return new SyntheticPrompts(
                length(spec, "input", options.get("input")), output, count.mean(), pin.equals("true"), seed.mean());
    }

    private static Length length(String spec, String key, String text) {
        Matcher matcher = LENGTH.matcher(text);
        boolean spread = key.endsWith("put");
        if (!matcher.matches() || Integer.parseInt(matcher.group(1)) < 1 || !spread && matcher.group(2) != null) {
            throw refuse(
                    spec,
                    key + " must be a whole number from 1 to 9999999" + (spread ? ", or mean±deviation" : "")
                            + ", but is \"" + text + "\"");
        }
        return new Length(
                Integer.parseInt(matcher.group(1)), matcher.group(2) == null ? 0 : Integer.parseInt(matcher.group(2)));
    }

    private static IllegalArgumentException refuse(String spec, String problem) {
        return new IllegalArgumentException("prompts \"" + spec + "\": " + problem);
    }

    @Override
    public int size() {
        return count;
    }

    @Override
    public Prompt get(int i) {
        Random random = new Random(Identity.mix(seed + 31L * i));
        int words = input.draw(random);
        Optional<OutputLength> length = output.map(each -> new OutputLength(each.draw(random), pinned));
        StringBuilder text = new StringBuilder();
        for (int word = 0; word < words; word++) {
            text.append(word == 0 ? "" : " ").append(WORDS[random.nextInt(WORDS.length)]);
        }
        return new Prompt(i, List.of(new ChatMessage("user", text.toString())), length);
    }

    @Override
    public long identity(int i) {
        return Identity.of(get(i).messages());
    }
}
