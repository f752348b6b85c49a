package dev.llmload.model;

import static dev.llmload.result.request.RequestRecord.ABSENT;

import dev.llmload.result.Window;
import dev.llmload.result.request.RequestRecord;
import dev.llmload.result.request.RequestRecord.Times;
import dev.llmload.result.request.RequestRecord.Tokens;
import java.util.List;

/**
 * The model's work in a window: prefill spread evenly over [sent, first token], decode over the token events, whoever sent
 * the request and when. Work of failed requests is work too. Where a failed request's usage never came, its prompt is
 * taken as long as that of the mean success and each of its events as the mean number of tokens; a request that got no
 * token is not counted, because nobody knows whether it was begun.
 *
 * @param flops of all requests
 * @param wastedFlops of those, the ones of requests that failed or were cut off
 * @param meanBatch sequences decoding at a time, while any was
 * @param meanContext sum of their contexts in tokens, while any was decoding
 */
record WindowWork(double flops, double wastedFlops, double meanBatch, double meanContext) {

    static WindowWork of(List<RequestRecord> records, Window window, ModelCost cost) {
        Typical typical = Typical.of(records);
        double flops = 0;
        double wasted = 0;
        DecodeTime decode = new DecodeTime();
        for (RequestRecord record : records) {
            Times t = record.times();
            if (t.sent() == ABSENT || t.firstToken() == ABSENT) {
                continue;
            }
            long prompt = typical.prompt(record);
            long output = typical.output(record);
            if (prompt < 0 || output < 1) {
                continue;
            }
            long cached = Math.min(prompt, Math.max(0, record.tokens().cached()));
            double done = cost.prefillFlops(prompt, cached) * share(t.sent(), t.firstToken(), window)
                    + cost.decodeFlops(prompt, output) * decodedShare(record, window);
            flops += done;
            wasted += record.succeeded() ? 0 : done;
            decode.add(t.firstToken(), t.lastToken(), prompt, output, window);
        }
        return new WindowWork(flops, wasted, decode.meanBatch(), decode.meanContext());
    }

    private static double share(long from, long to, Window window) {
        if (window.kind() == Window.Kind.WHOLE_RUN) {
            return 1;
        }
        if (to - from <= 0) {
            return window.contains(from) ? 1 : 0;
        }
        long overlap = Math.min(to, window.closeNanos()) - Math.max(from, window.openNanos());
        return Math.max(0, (double) overlap / (to - from));
    }

    private static double decodedShare(RequestRecord record, Window window) {
        Tokens tokens = record.tokens();
        if (window.kind() == Window.Kind.WHOLE_RUN) {
            return 1;
        }
        return tokens.events() <= 0 ? 0 : (double) Math.max(0, tokens.eventsInWindow()) / tokens.events();
    }

    /** What stands in for counts that a failed request never told. */
    private record Typical(double prompt, double tokensPerEvent) {
        static Typical of(List<RequestRecord> records) {
            double prompt = records.stream()
                    .filter(record -> record.succeeded() && record.tokens().prompt() >= 0)
                    .mapToInt(record -> record.tokens().prompt())
                    .average()
                    .orElse(-1);
            long events = 0;
            long output = 0;
            for (RequestRecord record : records) {
                if (record.succeeded() && record.tokens().output() >= 0) {
                    events += Math.max(0, record.tokens().events());
                    output += record.tokens().output();
                }
            }
            return new Typical(prompt, events == 0 ? Double.NaN : (double) output / events);
        }

        long prompt(RequestRecord record) {
            int known = record.tokens().prompt();
            return known >= 0 || record.succeeded() ? known : Math.round(prompt);
        }

        long output(RequestRecord record) {
            int known = record.tokens().output();
            return known >= 0 || record.succeeded() || Double.isNaN(tokensPerEvent)
                    ? known
                    : Math.round(record.tokens().events() * tokensPerEvent);
        }
    }
}
