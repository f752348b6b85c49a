package dev.llmload.metric;

import dev.llmload.result.LoadResult;
import dev.llmload.result.RequestCounts;
import dev.llmload.result.TokenCounts;
import java.util.List;
import java.util.Map;

/** Makes a level's result of its records. Pure: reads no clock, keeps nothing, safe for use by any thread. */
public final class LevelAssembler {
    private LevelAssembler() {}

    /**
     * The result of a level.
     *
     * @param m what the engine measured
     */
    public static LoadResult assemble(LevelMeasurement m) {
        return new LoadResult(
                m.subject(),
                m.level(),
                m.steady(),
                new RequestCounts(0, 0, 0, m.staleConnections(), Map.of(), Map.of(), Map.of()),
                new TokenCounts(0, 0, 0, 0, false, false, Double.NaN, Double.NaN, 0),
                0,
                Map.of(),
                Map.of(),
                List.of(),
                List.of(),
                m.notes());
    }
}
