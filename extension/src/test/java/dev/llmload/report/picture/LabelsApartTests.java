package dev.llmload.report.picture;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmload.budget.LevelVerdict;
import dev.llmload.report.Levels;
import dev.llmload.report.TestReport;
import dev.llmload.report.chart.Type;
import dev.llmload.result.Metric;
import dev.llmload.result.Outcome;
import dev.llmload.result.Verdict;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** No text of a picture lies over another one, whatever the levels are. */
class LabelsApartTests {
    private static final Pattern TEXT =
            Pattern.compile("<text x=\"([-0-9.]+)\" y=\"([-0-9.]+)\"([^>]*)>([^<]*)</text>");

    /** What a reader would see of a text: the estimate of {@link Type#width} is on the wide side. */
    private static final double SEEN = 0.9;

    /** A text and the box that it fills, in pixels. */
    private record Box(String text, double left, double top, double right, double bottom) {
        boolean over(Box other) {
            return left < other.right && other.left < right && top < other.bottom && other.top < bottom;
        }
    }

    private static List<Box> boxes(String svg) {
        List<Box> boxes = new ArrayList<>();
        Matcher matcher = TEXT.matcher(svg);
        while (matcher.find()) {
            String attributes = matcher.group(3);
            String text =
                    matcher.group(4).replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&");
            Matcher size = Pattern.compile("font-size=\"([0-9.]+)\"").matcher(attributes);
            Type type = Type.plain("#000").size(size.find() ? Double.parseDouble(size.group(1)) : 12);
            double width = (attributes.contains("font-weight") ? type.strong() : type).width(text) * SEEN;
            double x = Double.parseDouble(matcher.group(1));
            double y = Double.parseDouble(matcher.group(2));
            double left =
                    attributes.contains("\"middle\"") ? x - width / 2 : attributes.contains("\"end\"") ? x - width : x;
            boxes.add(new Box(text, left, y - type.size() * 0.75, left + width, y + type.size() * 0.2));
        }
        return boxes;
    }

    private static List<String> collisions(String name, String svg) {
        List<Box> boxes = boxes(svg);
        assertThat(boxes).as(name).hasSizeGreaterThan(3);
        List<String> found = new ArrayList<>();
        for (int i = 0; i < boxes.size(); i++) {
            for (int k = i + 1; k < boxes.size(); k++) {
                if (boxes.get(i).over(boxes.get(k))) {
                    found.add(name + ": \"" + boxes.get(i).text() + "\" over \""
                            + boxes.get(k).text() + "\"");
                }
            }
        }
        return found;
    }

    private static TestReport sweep(long seed, boolean open) {
        Random random = new Random(seed);
        TreeSet<Integer> users = new TreeSet<>();
        int count = 2 + random.nextInt(15);
        int step = new int[] {1, 2, 10, 60}[random.nextInt(4)];
        int at = 1 + random.nextInt(40);
        while (users.size() < count) {
            users.add(at);
            at += 1 + random.nextInt(step);
        }
        List<LevelVerdict> levels = new ArrayList<>();
        double base = 20 + random.nextInt(2000);
        for (int each : users) {
            double ttft = base * (1 + each / (20.0 + random.nextInt(100)));
            Levels level = open ? Levels.perSecond(each) : Levels.users(each);
            level.succeeded(60)
                    .latency(ttft, 5 + random.nextInt(40), 0.1 + random.nextDouble() * 0.4)
                    .throughput(each * 90.0 / (1 + each / (10.0 + random.nextInt(80))))
                    .measured("ttft p95 < " + (long) (base * 2) + " ms")
                    .measured("e2e p95 < 5 s");
            if (random.nextInt(4) == 0) {
                level.failed(Outcome.HTTP_5XX, 1 + random.nextInt(40), 503);
            }
            if (random.nextBoolean()) {
                level.quantity(Metric.MFU, random.nextDouble() * 0.4)
                        .outcome("mfu >= 12 %", Verdict.FAIL, 9.5, null, "")
                        .quantity(Metric.TOKENS_PER_JOULE, random.nextDouble() * 12);
            }
            levels.add(level.judged());
        }
        return new TestReport("com.acme.ChatReleaseTest#chat", "chat()", levels, List.of());
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void ofASweep(boolean open) {
        List<String> found = new ArrayList<>();
        for (long seed = 1; seed <= 40; seed++) {
            TestReport test = sweep(seed, open);
            for (SweepPictures.Picture picture : SweepPictures.of(test)) {
                found.addAll(collisions("seed " + seed + " " + picture.key(), picture.svg()));
            }
        }
        assertThat(found).isEmpty();
    }

    @Test
    void ofALevel() {
        List<String> found = new ArrayList<>();
        for (long seed = 1; seed <= 20; seed++) {
            for (LevelVerdict level : sweep(seed, seed % 2 == 0).levels()) {
                found.addAll(collisions("seed " + seed + " latency", LatencyChart.svg(level)));
                found.addAll(collisions("seed " + seed + " time", TimelineChart.svg(level)));
            }
        }
        assertThat(found).isEmpty();
    }
}
