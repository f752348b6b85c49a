package dev.llmload.model;

import dev.llmload.junit.ComputeType;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.regex.Pattern;

/**
 * The table of peaks, {@code gpu-peaks.csv}. A device matches by its whole name (the size of its memory aside), never by a
 * part of it: an RTX 4090 Laptop GPU is no RTX 4090. Safe for use by any thread.
 */
public final class DevicePeaks {
    private static final List<Row> TABLE = read();

    private DevicePeaks() {}

    /**
     * The peak of a device.
     *
     * @param device its name as the driver gives it: {@code "NVIDIA A40"}
     * @param computeType not AUTO
     * @throws IllegalArgumentException if the table has no such device, or the device no such format; the message says
     *     what to set instead
     */
    public static DevicePeak of(String device, ComputeType computeType) {
        Row row = row(device)
                .orElseThrow(() -> new IllegalArgumentException("the peak of `" + device
                        + "` is not known; set `peakTflops` (dense, without sparsity) and `bandwidthGBps`"));
        OptionalDouble tflops = row.tflops(computeType);
        if (tflops.isEmpty()) {
            throw new IllegalArgumentException("the peak of `" + device + "` in " + computeType
                    + " is not known, or it cannot compute in that format; set `computeType`, or `peakTflops`");
        }
        String source = row.text("source") + (row.text("remark").isEmpty() ? "" : "; " + row.text("remark"));
        return new DevicePeak(
                device, computeType, tflops.getAsDouble() * 1e12, scaled(row.number("bandwidth"), 1e9), source);
    }

    private static Optional<Row> row(String device) {
        // Some exporters write dashes for blanks: NVIDIA-A40.
        String bare = device.strip().replaceFirst("(?i)^((NVIDIA|Tesla)[ -])+", "");
        return TABLE.stream()
                .filter(row -> row.matches(bare))
                .max(Comparator.comparingInt(row -> row.text("name").length()));
    }

    private static OptionalDouble scaled(OptionalDouble value, double factor) {
        return value.isPresent() ? OptionalDouble.of(value.getAsDouble() * factor) : value;
    }

    private static List<Row> read() {
        try (InputStream in = DevicePeaks.class.getResourceAsStream("gpu-peaks.csv");
                BufferedReader lines =
                        new BufferedReader(new InputStreamReader(Objects.requireNonNull(in), StandardCharsets.UTF_8))) {
            List<List<String>> rows = lines.lines()
                    .filter(line -> !line.startsWith("#"))
                    .map(line -> List.of(line.split(",", -1)))
                    .toList();
            return rows.stream()
                    .skip(1)
                    .map(cells -> new Row(rows.get(0), cells))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException("the table of peaks cannot be read", e);
        }
    }

    private record Row(List<String> columns, List<String> cells) {
        String text(String column) {
            return cells.get(columns.indexOf(column));
        }

        OptionalDouble number(String column) {
            String text = text(column);
            return text.isEmpty() ? OptionalDouble.empty() : OptionalDouble.of(Double.parseDouble(text));
        }

        boolean matches(String device) {
            String pattern = Pattern.quote(plain(text("name"))) + "( \\d+ ?gb)?";
            return plain(device).matches(pattern);
        }

        private static String plain(String name) {
            return name.toLowerCase(Locale.ROOT).replace('-', ' ');
        }

        OptionalDouble tflops(ComputeType type) {
            return switch (type) {
                case FP16 -> number("fp16_bf16");
                case BF16 -> Boolean.parseBoolean(text("bf16")) ? number("fp16_bf16") : OptionalDouble.empty();
                case FP8 -> number("fp8");
                case INT8 -> number("int8");
                case FP4 -> number("fp4");
                case AUTO -> throw new IllegalArgumentException("AUTO is no format");
            };
        }
    }
}
