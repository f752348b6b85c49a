package dev.llmload.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.llmload.metric.LevelAssembler;
import dev.llmload.metric.LevelRecording;
import dev.llmload.result.LoadResult;
import dev.llmload.result.Metric;
import dev.llmload.result.Window;
import dev.llmload.testkit.FifoPrefillServer;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The users of a level start spread out, so that the numbers are those of steady load and not of a stampede. */
@Tag("slow")
@Timeout(300)
class StartUpBurstTests {
    private static final int USERS = 50;
    private static final double TELLS_MILLIS = 5;

    @Test
    void ttftOfTheLevel_isTheServersSteadyTruth_notItsStartUpBurst() {
        try (FifoPrefillServer server = new FifoPrefillServer(600, 42);
                LoadSession session = Load.against(server.url()).session(new LoadListener() {})) {
            session.warmUp(Load.prompts(), 10, 5);
            LevelRecording level = session.run(
                    Load.against(server.url()).users(USERS).requests(5 * USERS).plan(), Load.prompts());
            LoadResult result = LevelAssembler.assemble(level);
            assertThat(result.window().kind()).isEqualTo(Window.Kind.STEADY);
            assertThat(result.requests().succeeded()).isEqualTo(5 * USERS);
            // The requests of the window are the last that came; every user had finished one before.
            List<Double> all = server.truth();
            double truth = p95(all.subList(all.size() - 5 * USERS, all.size()));
            double measured = result.distribution(Metric.TTFT).percentile(95) / 1e6;
            // A client can be late, never early.
            assertThat(measured).isGreaterThan(0.9 * truth);
            // What the client says about itself is the error it admits: other work on this machine delays its loop,
            // and the server's as much. Beyond some milliseconds it says that it cannot tell, and then nobody can here.
            double admitted = level.health().steady().loopDelayP99Nanos() / 1e6;
            assumeThat(admitted)
                    .as("ms of loop delay p99: this machine leaves the client no time")
                    .isLessThan(TELLS_MILLIS);
            assertThat(measured).isCloseTo(truth, within(0.1 * truth + 2 * admitted));
            // In a stampede the last user waits for fifty prefills, and it would be far above half of that.
            double stampede = 0.5 * 8 * USERS;
            assumeThat(truth).as("this machine leaves the server no time").isLessThan(0.5 * stampede);
            assertThat(measured).isLessThan(stampede);
        }
    }

    private static double p95(List<Double> values) {
        List<Double> sorted = values.stream().sorted().toList();
        return sorted.get((int) Math.ceil(0.95 * sorted.size()) - 1);
    }
}
