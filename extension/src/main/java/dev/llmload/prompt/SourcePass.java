package dev.llmload.prompt;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Reads a source once from start to end: checks it, measures it, and remembers where its prompts are. Used once. */
public final class SourcePass {
    /** A source up to this size is kept in memory; of a larger one only where its prompts lie. */
    static final long SMALL = 8 << 20;

    private final RecordSource source;
    private final Measures.Builder measures = new Measures.Builder();
    private final Skips skips;
    private final List<Prompt> small = new ArrayList<>();

    private SourcePass(RecordSource source) {
        this.source = source;
        this.skips = new Skips(source.spec(), source.options().skip());
    }

    public static Part read(RecordSource source) {
        return PromptMemory.of(source, () -> readThrough(source));
    }

    private static Part readThrough(RecordSource source) {
        try {
            return new SourcePass(source).read();
        } catch (IOException e) {
            throw new IllegalArgumentException("prompts \"" + source.spec() + "\" could not be read: " + e, e);
        }
    }

    private Part read() throws IOException {
        boolean keep = source.content().size() <= SMALL;
        try (ByteCursor cursor = ByteCursor.open(source)) {
            Records records = source.format().records(source, cursor);
            PromptFormat.Parser parser = source.format().parser(source, records);
            IndexedPrompts index = new IndexedPrompts(source, parser);
            int limit = source.options().limit();
            boolean more = true;
            while (more && (limit == 0 || index.size() < limit)) {
                more = next(records, parser, index, keep);
            }
            skips.check();
            if (index.size() == 0) {
                throw new IllegalArgumentException("prompts \"" + source.spec() + "\": there must be at least one"
                        + " prompt, but it " + (source.content().size() == 0 ? "is empty" : "has none"));
            }
            PromptStore store = keep ? new PromptStore.Listed(List.copyOf(small), index.identities()) : index;
            return new Part(source.spec(), 1, store, measures.build(), skips.notes());
        }
    }

    /** Whether there was a record; one that cannot be sent is skipped and counted. */
    private boolean next(Records records, PromptFormat.Parser parser, IndexedPrompts index, boolean keep)
            throws IOException {
        try {
            Raw raw = records.next();
            if (raw == null) {
                return false;
            }
            add(parser, index, raw, keep);
        } catch (OddRow odd) {
            skips.skip(odd);
        }
        return true;
    }

    private void add(PromptFormat.Parser parser, IndexedPrompts index, Raw raw, boolean keep) {
        parser.parse(raw).ifPresent(row -> {
            Prompt prompt = new Prompt(index.size(), row.messages());
            skips.read(row);
            measures.add(prompt);
            index.add(raw, Identity.of(row.messages()));
            if (keep) {
                small.add(prompt);
            }
        });
    }
}
