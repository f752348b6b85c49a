package dev.llmload.load;

import dev.llmload.load.wire.ConnectionReuse;
import dev.llmload.load.wire.LoopGroup;
import java.util.ArrayList;
import java.util.List;

/** What readers of a session's results should know. Each sentence is told once, and handed over with one level. Used by one thread. */
final class SessionNotes {
    private final LoadListener listener;
    private final List<String> notes = new ArrayList<>();
    private int handedOver;

    SessionNotes(LoadListener listener) {
        this.listener = listener;
    }

    void add(String sentence) {
        notes.add(sentence);
        listener.note(sentence);
    }

    /** What is found out in the warm-up or in a level, about the connections to the endpoint. */
    void addOf(LoopGroup loops) {
        if (!loops.reuse().allowed()) {
            addOnce("the server closed connections that it had promised to keep; after " + ConnectionReuse.LIMIT
                    + " such requests every request has a connection of its own");
        }
        if (!loops.encoding().isEmpty()) {
            addOnce("the server compresses (Content-Encoding: " + loops.encoding()
                    + ") though identity was asked for; a compressor may hold tokens back, so have it, or the proxy"
                    + " before it, send event streams as they are");
        }
    }

    private void addOnce(String sentence) {
        if (!notes.contains(sentence)) {
            add(sentence);
        }
    }

    /** Those that became known since it was last asked. */
    List<String> fresh() {
        List<String> fresh = List.copyOf(notes.subList(handedOver, notes.size()));
        handedOver = notes.size();
        return fresh;
    }
}
