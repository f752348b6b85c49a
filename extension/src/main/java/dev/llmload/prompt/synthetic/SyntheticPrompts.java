package dev.llmload.prompt.synthetic;

import dev.llmload.prompt.Identity;
import dev.llmload.prompt.Measures;
import dev.llmload.prompt.OutputLength;
import dev.llmload.prompt.Part;
import dev.llmload.prompt.Prompt;
import dev.llmload.prompt.PromptStore;
import dev.llmload.prompt.SharedStart;
import dev.llmload.result.ChatMessage;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/**
 * Made-up prompts of given lengths: {@code synthetic:input=512±128,output=128}. One common English word is about one
 * token; how many it is, only the server knows. Each is made anew from its number whenever it is asked for.
 *
 * <p>With {@code shared=256,groups=8} each begins with a system message of 256 words that all prompts of its group have
 * alike; {@code input} contains them. The groups take turns, so that each has as many prompts as any other.
 */
public final class SyntheticPrompts implements PromptStore {
    /** How such a source begins. */
    public static final String SCHEME = SyntheticSpec.SCHEME;

    private static final String[] WORDS =
            ("the of and to in is that for it was on are as with they at be this have from or"
                            + " one had by word but not what all were we when your can said there use an each which she do how"
                            + " their if will up other about out many then them these so some her would make like him into time"
                            + " has look two more write go see number no way could people my than first water been call who oil"
                            + " its now find long down day did get come made may part")
                    .split(" ");

    private final SyntheticSpec spec;

    private SyntheticPrompts(SyntheticSpec spec) {
        this.spec = spec;
    }

    /**
     * The prompts of such a source.
     *
     * @throws IllegalArgumentException if it is malformed; the message says what would be right
     */
    public static Part read(String text) {
        SyntheticPrompts store = new SyntheticPrompts(SyntheticSpec.parse(text));
        Measures.Builder measures = new Measures.Builder();
        for (int i = 0; i < store.size(); i++) {
            measures.add(store.get(i));
        }
        return new Part(
                text,
                1,
                store,
                measures.build(),
                List.of(text + " takes a word for a token; what the server counts is what was sent"));
    }

    @Override
    public int size() {
        return spec.count();
    }

    @Override
    public Prompt get(int i) {
        Random random = new Random(Identity.mix(spec.seed() + 31L * i));
        int words = spec.input().draw(random);
        Optional<OutputLength> length = spec.output().map(each -> new OutputLength(each.draw(random), spec.pinned()));
        if (spec.shared() == 0) {
            return new Prompt(i, List.of(new ChatMessage("user", words(random, words))), length);
        }
        int group = i % spec.groups();
        Random ofGroup = new Random(Identity.mix(~spec.seed() - 31L * group));
        ChatMessage system = new ChatMessage("system", words(ofGroup, spec.shared()));
        ChatMessage own = new ChatMessage("user", words(random, Math.max(1, words - spec.shared())));
        return new Prompt(i, List.of(system, own), length, new SharedStart(1, spec.shared(), group));
    }

    @Override
    public long identity(Prompt prompt) {
        return Identity.of(prompt.messages());
    }

    private static String words(Random random, int count) {
        StringBuilder text = new StringBuilder(5 * count);
        for (int word = 0; word < count; word++) {
            text.append(word == 0 ? "" : " ").append(WORDS[random.nextInt(WORDS.length)]);
        }
        return text.toString();
    }
}
