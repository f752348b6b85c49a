package dev.llmload.report.picture;

import dev.llmload.budget.LevelVerdict;
import dev.llmload.report.TestReport;
import dev.llmload.report.picture.SweepPictures.Picture;
import java.util.ArrayList;
import java.util.List;

/** Which pictures a level and a test have: the files, and what Allure gets. A new chart is added here. */
public final class Pictures {
    private Pictures() {}

    /**
     * Of one level.
     *
     * @param level a judged level
     * @return key, title and drawing of each; the key of the first is empty
     */
    public static List<Picture> of(LevelVerdict level) {
        List<Picture> pictures = new ArrayList<>();
        pictures.add(new Picture("", "Latency distribution", LatencyChart.svg(level)));
        pictures.add(new Picture("timeline", "Level over time", TimelineChart.svg(level)));
        if (GpuChart.has(List.of(level))) {
            pictures.add(new Picture("gpu", "GPU over time", GpuChart.svg(List.of(level))));
        }
        return List.copyOf(pictures);
    }

    /**
     * Of a test's levels together.
     *
     * @param test a test
     * @return key, title and drawing of each, the comprehensive one first
     */
    public static List<Picture> of(TestReport test) {
        List<Picture> pictures = new ArrayList<>(SweepPictures.of(test));
        if (!test.levels().isEmpty() && EfficiencyChart.has(test)) {
            pictures.add(new Picture("efficiency", "Efficiency by level", EfficiencyChart.svg(test)));
        }
        if (GpuChart.has(test.levels())) {
            pictures.add(new Picture("gpu", "GPU over time", GpuChart.svg(test.levels())));
        }
        return List.copyOf(pictures);
    }
}
