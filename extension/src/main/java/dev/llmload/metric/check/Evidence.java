package dev.llmload.metric.check;

import dev.llmload.metric.LevelRecording;
import dev.llmload.metric.Sample;
import dev.llmload.metric.WindowSums;
import dev.llmload.result.Distribution;
import dev.llmload.result.MeasurementError;
import dev.llmload.result.Metric;
import dev.llmload.result.request.RequestRecord;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What a validity check may look at.
 *
 * @param measurement what the engine measured
 * @param sample the requests that the numbers come from
 * @param sums what happened while the window was open
 * @param level all kept requests of the level, in the order in which they were scheduled
 * @param distributions what the level states
 * @param error by how much the client itself may have been wrong
 * @param promptsBefore identities of the prompts that earlier levels or the warm-up used
 */
public record Evidence(
        LevelRecording measurement,
        Sample sample,
        WindowSums sums,
        List<RequestRecord> level,
        Map<Metric, Distribution> distributions,
        MeasurementError error,
        Set<Long> promptsBefore) {}
