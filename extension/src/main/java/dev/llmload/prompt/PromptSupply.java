package dev.llmload.prompt;

import dev.llmload.junit.Reuse;
import dev.llmload.result.ChatMessage;
import dev.llmload.result.request.RequestRecord;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Hands out prompts one by one, shuffled once by a seed. One supply lives for a whole test method, so that its warm-up
 * and each of its levels take their own slice. Of several sources one is chosen for each draw, by its share and the seed.
 * Safe for use by any thread; the order in which threads draw is theirs, the sequence drawn is the seed's.
 *
 * <p>With {@link Reuse#UNIQUE_PREFIX} a text that was handed out before (because the source is used up, or because it
 * holds the text twice) gets a nonce such as {@code [k3f9a2b]} in front of its first message, or, where it is meant to
 * share its beginning with others, of the first message after that.
 */
public final class PromptSupply implements AutoCloseable {
    private static final int NONCE_BITS = 35;
    private static final long NONCE_MASK = (1L << NONCE_BITS) - 1;

    private final List<Queue> queues = new ArrayList<>();
    private final Set<Long> seen = new HashSet<>();
    private final Reuse reuse;
    private final long seed;
    private final SplittableRandom choice;
    private int drawn;
    private volatile @Nullable ReadAhead ahead;
    private volatile UnaryOperator<Draw> preparing = UnaryOperator.identity();

    /**
     * A supply at its beginning.
     *
     * @param prompts the source, or several with their shares
     * @param reuse what to do when a text was already handed out
     * @param seed same seed, same prompts: same sequence
     */
    public PromptSupply(Prompts prompts, Reuse reuse, long seed) {
        double upTo = 0;
        for (Part part : prompts.sources()) {
            upTo += part.weight();
            queues.add(new Queue(part, upTo, seed));
        }
        this.reuse = reuse;
        this.seed = Identity.mix(seed);
        this.choice = new SplittableRandom(seed);
    }

    /**
     * From now on prompts are read, parsed, hashed and made into bodies by a thread of their own, some of them before they
     * are needed, until {@link #close}. The sequence stays the same. Without it that is done by who calls {@link #next}, and
     * by who sends it.
     */
    public synchronized void readAhead() {
        if (ahead == null) {
            ahead = new ReadAhead(() -> preparing.apply(draw()));
        }
    }

    /**
     * What else that thread does with each prompt, from the next one on that it reads: a request's body is made there, since
     * that of a long prompt would keep an event loop from reading the tokens of others. Without that thread nothing is done.
     *
     * @param how the same draw, with {@link Draw#made() its body}; safe for any thread
     */
    public void prepare(UnaryOperator<Draw> how) {
        preparing = how;
    }

    /**
     * The next prompt. Never runs out.
     *
     * @return its messages and its identity
     * @throws IllegalStateException if a file was changed after it was checked, or if this is closed
     */
    public Draw next() {
        ReadAhead reader = ahead;
        return reader == null ? draw() : reader.take();
    }

    private synchronized Draw draw() {
        Queue queue = queue();
        int i = queue.next();
        int number = drawn++;
        Prompt prompt = queue.store.get(i);
        long identity = queue.store.identity(prompt);
        if (seen.add(identity) || reuse == Reuse.ALLOW) {
            return new Draw(prompt.messages(), identity, prompt.output(), queue.origin(prompt));
        }
        List<ChatMessage> fresh = withNonce(prompt, nonce(number));
        return new Draw(fresh, Identity.of(fresh), prompt.output(), queue.origin(prompt));
    }

    private Queue queue() {
        int last = queues.size() - 1;
        if (last > 0) {
            double at = choice.nextDouble();
            for (Queue queue : queues.subList(0, last)) {
                if (at < queue.upTo) {
                    return queue;
                }
            }
        }
        return queues.get(last);
    }

    /** Ends the thread that reads ahead, if there is one; then it hands out no more. */
    @Override
    public void close() {
        ReadAhead reader = ahead;
        if (reader != null) {
            reader.close();
        }
    }

    // What is meant to be shared stays as it is: the nonce stands where the prompt's own part begins.
    private static List<ChatMessage> withNonce(Prompt prompt, String nonce) {
        List<ChatMessage> copy = new ArrayList<>(prompt.messages());
        int at = prompt.shared().messages();
        ChatMessage first = copy.get(at);
        copy.set(at, new ChatMessage(first.role(), "[" + nonce + "] " + first.content(), first.extra()));
        return List.copyOf(copy);
    }

    // Multiplying by an odd number permutes the numbers below 2^35, so two draws of one supply never share a nonce;
    // folding the high bits down and multiplying again makes neighbours differ in their first character, which is what
    // a prefix cache sees.
    private String nonce(int number) {
        long x = (number + seed) & NONCE_MASK;
        x = x * 0x5851F42D4C957F2DL & NONCE_MASK;
        x ^= x >>> 18;
        x = x * 0x14057B7EF767814FL & NONCE_MASK;
        x ^= x >>> 17;
        String digits = Long.toString(x, 32);
        return "0".repeat(NONCE_BITS / 5 - digits.length()) + digits;
    }

    /** The prompts of one source in their shuffled order, over and over. */
    private static final class Queue {
        private final String source;
        private final PromptStore store;
        private final double upTo;
        private final int[] order;
        private int next;

        Queue(Part part, double upTo, long seed) {
            this.source = part.spec();
            this.store = part.store();
            this.upTo = upTo;
            this.order = IntStream.range(0, store.size()).toArray();
            Random random = new Random(seed);
            for (int i = order.length - 1; i > 0; i--) {
                int j = random.nextInt(i + 1);
                int moved = order[i];
                order[i] = order[j];
                order[j] = moved;
            }
        }

        RequestRecord.PromptOrigin origin(Prompt prompt) {
            return new RequestRecord.PromptOrigin(source, prompt.index(), prompt.sharedShare());
        }

        int next() {
            int i = order[next];
            next = (next + 1) % order.length;
            return i;
        }
    }

    /**
     * One prompt to send.
     *
     * @param messages its turns, a nonce included
     * @param identity a number of 64 bits for the text: equal texts have equal numbers, different ones as good as never
     * @param output how long its answer may be; empty for what the test says
     * @param origin which prompt of which source it is
     * @param made its body, where that was made ahead
     */
    public record Draw(
            List<ChatMessage> messages,
            long identity,
            Optional<OutputLength> output,
            RequestRecord.PromptOrigin origin,
            Optional<Made> made) {
        /** One whose body is still to be made; the parameters are those of the record. */
        public Draw(
                List<ChatMessage> messages,
                long identity,
                Optional<OutputLength> output,
                RequestRecord.PromptOrigin origin) {
            this(messages, identity, output, origin, Optional.empty());
        }

        /** The same with its body, made in a way that equals no other. */
        public Draw with(Object how, byte[] body) {
            return new Draw(messages, identity, output, origin, Optional.of(new Made(how, body)));
        }

        /** The body that was made ahead in this way, or empty: then it is still to be made. */
        public Optional<byte[]> madeBy(Object how) {
            return made.filter(each -> each.how.equals(how)).map(Made::body);
        }

        /**
         * One whose answer is as long as the test says.
         *
         * @param messages its turns
         * @param identity of its text
         */
        public Draw(List<ChatMessage> messages, long identity) {
            this(messages, identity, Optional.empty(), RequestRecord.PromptOrigin.UNKNOWN);
        }
    }

    /**
     * A request's body.
     *
     * @param how equal for two bodies of one prompt exactly where they are alike
     * @param body its bytes, not to be changed
     */
    @SuppressWarnings("ArrayRecordComponent")
    public record Made(Object how, byte[] body) {}
}
