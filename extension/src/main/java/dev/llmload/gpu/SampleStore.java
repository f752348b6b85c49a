package dev.llmload.gpu;

import dev.llmload.result.GpuSample;
import dev.llmload.result.text.CountText;
import dev.llmload.spi.GpuReadings;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Keeps what was read, up to a number of samples; then the oldest go. Written by the sampler, read by any thread. */
final class SampleStore implements GpuReadings {
    private final int capacity;
    private final Deque<GpuSample> samples = new ArrayDeque<>();
    private final Map<String, GpuLoss> losses = new LinkedHashMap<>();
    private final Map<String, Integer> missed = new HashMap<>();
    private final Map<String, String> reasons = new HashMap<>();

    SampleStore(int capacity) {
        this.capacity = capacity;
    }

    @Override
    public synchronized void sample(GpuSample sample) {
        if (samples.size() == capacity) {
            samples.removeFirst();
        }
        samples.addLast(sample);
    }

    @Override
    public synchronized void missed(String uuid, String reason) {
        missed.merge(uuid, 1, Integer::sum);
        reasons.put(uuid, reason);
    }

    @Override
    public synchronized void lost(String uuid, long nanos, String reason) {
        losses.putIfAbsent(uuid, new GpuLoss(uuid, nanos, reason));
    }

    /** Samples from the last at or before one instant to the first at or after another, of each device; by time. */
    synchronized List<GpuSample> between(long from, long to) {
        List<GpuSample> found = new ArrayList<>();
        Map<String, GpuSample> before = new LinkedHashMap<>();
        Set<String> ended = new HashSet<>();
        for (GpuSample sample : samples) {
            if (sample.nanos() - from <= 0) {
                before.put(sample.uuid(), sample);
            } else if (sample.nanos() - to < 0) {
                found.add(sample);
            } else if (ended.add(sample.uuid())) {
                found.add(sample);
            }
        }
        found.addAll(before.values());
        found.sort(Comparator.comparingLong(sample -> sample.nanos() - from));
        return found;
    }

    /** Devices that were lost before an instant. */
    synchronized List<GpuLoss> lossesBefore(long nanos) {
        return losses.values().stream().filter(loss -> loss.nanos() - nanos < 0).toList();
    }

    synchronized boolean isLost(String uuid) {
        return losses.containsKey(uuid);
    }

    synchronized Map<String, String> troubles() {
        Map<String, String> troubles = new HashMap<>();
        missed.forEach((uuid, count) ->
                troubles.put(uuid, CountText.of(count, "reading") + " failed, the last one: " + reasons.get(uuid)));
        return troubles;
    }
}
