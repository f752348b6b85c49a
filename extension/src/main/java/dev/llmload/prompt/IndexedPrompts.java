package dev.llmload.prompt;

import java.io.IOException;
import java.util.Arrays;

/**
 * Where each prompt of a large source lies, so that it is read when its turn comes: 28 bytes a prompt, whatever its
 * length. Filled by one thread; then safe for use by any.
 */
final class IndexedPrompts implements PromptStore {
    private final RecordSource source;
    private final PromptFormat.Parser parser;
    private long[] offsets = new long[1024];
    private long[] lines = new long[1024];
    private int[] lengths = new int[1024];
    private long[] identities = new long[1024];
    private int size;

    IndexedPrompts(RecordSource source, PromptFormat.Parser parser) {
        this.source = source;
        this.parser = parser;
    }

    void add(Raw raw, long identity) {
        if (size == offsets.length) {
            int larger = size + (size >> 1);
            offsets = Arrays.copyOf(offsets, larger);
            lines = Arrays.copyOf(lines, larger);
            lengths = Arrays.copyOf(lengths, larger);
            identities = Arrays.copyOf(identities, larger);
        }
        offsets[size] = raw.offset();
        lines[size] = raw.line();
        lengths[size] = raw.length();
        identities[size++] = identity;
    }

    @Override
    public int size() {
        return size;
    }

    @Override
    public long identity(Prompt prompt) {
        return identities[prompt.index()];
    }

    @Override
    public Prompt get(int i) {
        try {
            byte[] bytes = source.content().slice(offsets[i], lengths[i]);
            String text = Utf8.decode(source, lines[i], bytes, bytes.length);
            Prompt prompt = parser.parse(new Raw(offsets[i], lengths[i], lines[i], text))
                    .map(row -> new Prompt(i, row.messages()))
                    .orElseThrow(() -> changed(i));
            if (Identity.of(prompt.messages()) != identities[i]) {
                throw changed(i);
            }
            return prompt;
        } catch (IOException | IllegalArgumentException e) {
            IllegalStateException changed = changed(i);
            changed.initCause(e);
            throw changed;
        }
    }

    /** Its own identities, to be shared, not changed. */
    long[] identities() {
        return Arrays.copyOf(identities, size);
    }

    private IllegalStateException changed(int i) {
        return new IllegalStateException("prompts \"" + source.spec() + "\", " + source.unit() + " " + lines[i]
                + ": it is no longer what was checked before the load; do not change the file during a run");
    }
}
