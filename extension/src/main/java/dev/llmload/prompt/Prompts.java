package dev.llmload.prompt;

import dev.llmload.prompt.hub.Hub;
import dev.llmload.prompt.hub.HubCache;
import dev.llmload.prompt.synthetic.SyntheticPrompts;
import dev.llmload.result.text.CountText;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * The prompts of a test, read and checked whole before anything is sent. Immutable and safe for use by any thread. A
 * large source is not kept in memory but read again, piece by piece, when its prompts are sent.
 *
 * <p>A source is {@code classpath:/prompts/chat.jsonl}, a file ({@code file:prompts.txt} or a plain path, relative to
 * the working directory) or a built-in set ({@code builtin:chat}, {@code builtin:short}, {@code builtin:long}). Its
 * ending says its form, in UTF-8:
 *
 * <ul>
 *   <li>{@code .jsonl}: one JSON object per line, <code>{"prompt": "text"}</code>, <code>{"messages": [{"role":
 *       "user", "content": "text"}, …]}</code>, or <code>{"prompt_content": "text", "cut_chat_history": [{"role":
 *       "user", "content": "text"}, …]}</code>, whose system turns are skipped because the prompt's content is the
 *       system message; other keys are ignored, blank lines skipped. Where there is none of these: {@code conversations}
 *       (ShareGPT's {@code from} and {@code value}), {@code turns} (a list of texts, of which the first is sent), the
 *       {@code body} of a batch file's line; a line may also be the array of messages itself
 *   <li>{@code .json}: one array of such objects
 *   <li>{@code .csv}: as RFC 4180 says, with a header that names a column {@code prompt}
 *   <li>{@code .txt}: one prompt per line; blank lines and lines that start with {@code #} are skipped
 * </ul>
 *
 * <p>{@code ?column=instruction} names another key or column, whose value is a text or an array of messages;
 * {@code ?limit=500} takes only the first so many (what follows is not looked at). Several sources with their shares of
 * the requests are written {@code 70% classpath:/chat.jsonl, 30% builtin:long}.
 *
 * <p>{@code hf:tatsu-lab/alpaca?split=train&column=instruction&limit=500} is a data set of the Hugging Face datasets
 * server ({@code config=} too, where it has several): its rows are read page by page once and kept in a cache, see
 * {@link Hub}.
 *
 * <p>Turns have {@code role} and {@code content} (a text, or parts of text) or {@code from} and {@code value}; tool calls and
 * their results are passed on. What the assistant says last is the reference answer and is not sent; turns without a text
 * are left out. A row that cannot be sent is skipped and counted, see {@link #notes()}; more than 5 % of them (or what
 * {@code ?skip=10%} says), or one in fewer than 20 rows unless it merely has no text, are an error.
 *
 * <p>{@code synthetic:input=512±128,output=128} makes prompts up: common words, about one token each, in a number with
 * this mean and standard deviation ({@code +-} means {@code ±}); {@code max_tokens} likewise. With {@code pin=true} the
 * request also says {@code min_tokens} and {@code ignore_eos}, which vLLM and SGLang take and others may refuse. With
 * {@code shared=256,groups=8} each prompt begins with a system message of 256 of its words, one of eight.
 *
 * <p>Any other scheme is asked of the {@link dev.llmload.spi.PromptSourceProvider} of that name.
 */
public final class Prompts {
    private final String spec;
    private final List<Part> parts;
    private final Measures measures;

    private Prompts(String spec, List<Part> parts) {
        this.spec = spec;
        this.parts = List.copyOf(parts);
        this.measures = parts.size() == 1 ? parts.get(0).measures() : pooled(parts);
    }

    /**
     * Reads and checks a source, or several, with the standard settings.
     *
     * @param spec which, see above
     * @param loader where {@code classpath:} looks
     * @return its prompts, at least one
     * @throws IllegalArgumentException if it does not exist, is empty or malformed; the message says what is wrong, in
     *     which line, and what would be right
     */
    public static Prompts load(String spec, ClassLoader loader) {
        return load(spec, PromptSettings.of(loader));
    }

    /**
     * Reads and checks a source, or several. A data set is downloaded unless the cache has it.
     *
     * @param spec which, see above
     * @param settings where to look
     * @return its prompts, at least one
     * @throws IllegalArgumentException if it does not exist, is empty or malformed; the message says what is wrong, in
     *     which line, and what would be right
     */
    public static Prompts load(String spec, PromptSettings settings) {
        List<Part> parts = new ArrayList<>();
        for (PromptMix.Share share : PromptMix.parse(spec.strip())) {
            parts.add(part(share.spec(), settings).weighing(share.weight()));
        }
        return new Prompts(spec.strip(), parts);
    }

    private static Part part(String spec, PromptSettings settings) {
        if (spec.startsWith(SyntheticPrompts.SCHEME)) {
            return PromptMemory.of(spec, SyntheticPrompts.class, () -> SyntheticPrompts.read(spec));
        }
        if (spec.startsWith("hf:")) {
            return HubCache.read(spec, settings.hub(), Prompts::sleep);
        }
        if (RecordSource.isOwn(spec)) {
            return SourcePass.read(RecordSource.open(spec, settings.loader()));
        }
        return PluggedPrompts.of(spec, settings.providers())
                .map(provider -> PluggedPrompts.read(spec, provider))
                .orElseThrow(() -> PluggedPrompts.unknown(spec, settings));
    }

    private static void sleep(Duration duration) {
        try {
            Thread.sleep(duration.toMillis());
        } catch (InterruptedException e) {
            // The next request finds the flag and says so.
            Thread.currentThread().interrupt();
        }
    }

    /**
     * How many there are, those of all sources together.
     *
     * @return at least 1
     */
    public int size() {
        return parts.stream().mapToInt(part -> part.store().size()).sum();
    }

    /**
     * One of them; the sources follow one another.
     *
     * @param i from 0, below {@link #size()}
     * @return the prompt
     * @throws IllegalStateException if a file was changed after it was checked
     */
    public Prompt get(int i) {
        int within = i;
        for (Part part : parts) {
            if (within < part.store().size()) {
                return part.store().get(within);
            }
            within -= part.store().size();
        }
        throw new IndexOutOfBoundsException("prompt " + i + " of " + size());
    }

    /**
     * The source as it was named.
     *
     * @return for example {@code builtin:chat}
     */
    public String spec() {
        return spec;
    }

    /**
     * The sources, one by one.
     *
     * @return at least one
     */
    public List<PromptPart> parts() {
        return parts.stream().map(Part::shown).toList();
    }

    /**
     * A fingerprint of the roles and texts in their order. Independent of the file's form, line endings and ignored
     * keys, so that it changes exactly when what is sent changes. Of several sources, one of theirs and of their shares.
     *
     * @return SHA-256, 64 hexadecimal digits
     */
    public String sha256() {
        return measures.sha256();
    }

    /**
     * How long they are. Of several sources, all prompts together, each counted once whatever its source's share.
     *
     * @return the numbers of all prompts
     */
    public PromptStatistics statistics() {
        return measures.statistics();
    }

    /**
     * What the user should know of how they were read.
     *
     * @return sentences; mostly none
     */
    public List<String> notes() {
        return parts.stream().flatMap(part -> part.notes().stream()).toList();
    }

    /** The sources with their prompts. */
    List<Part> sources() {
        return parts;
    }

    @Override
    public String toString() {
        return CountText.of(size(), "prompt") + " of " + spec;
    }

    private static Measures pooled(List<Part> parts) {
        LengthCounts chars = new LengthCounts();
        LengthCounts words = new LengthCounts();
        Fingerprint fingerprint = new Fingerprint();
        long sharedWords = 0;
        int groups = 0;
        for (Part part : parts) {
            chars.add(part.measures().chars());
            words.add(part.measures().words());
            sharedWords += part.measures().sharedWords();
            groups += part.measures().groups();
            fingerprint.add(part.weight() + " " + part.measures().sha256());
        }
        return new Measures(chars, words, sharedWords, groups, fingerprint.hex());
    }
}
