package dev.llmload.load.counters;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.OptionalDouble;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

/** Which readings, taken one after the other or at once, cannot come from one server. */
class SameServerTests {
    private final SameServer same = new SameServer();

    private static ServerCounters counting(double requests) {
        return new ServerCounters(
                "vLLM",
                new ServerIdentity(Set.of(), Set.of()),
                OptionalDouble.of(requests),
                OptionalDouble.empty(),
                OptionalDouble.of(0));
    }

    @Test
    void risingCounters_areSomebodyElsesRequests() {
        for (int i = 0; i < 10; i++) {
            same.saw(counting(i));
        }
        assertThat(same.several()).isEmpty();
        assertThat(same.last()).hasValue(counting(9));
    }

    @Test
    void ofReadingsAskedForAtOnce_nobodyKnowsWhichCameFirst() {
        same.saw(List.of(counting(2), counting(1)));
        assertThat(same.several()).isEmpty();
        assertThat(same.undecided()).isTrue();
    }

    @Test
    void afterBothHadBeenAnswered_theLowerOneIsAnotherServers() {
        same.saw(List.of(counting(2), counting(1)));
        same.saw(List.of(counting(2), counting(1)));
        assertThat(same.several())
                .isEqualTo("several servers answer behind one address: readings of the counters go back and forth");
    }

    /** One server that somebody else uses: in the order of their answers the readings never fall. */
    @Property(seed = "21", tries = 500)
    void oneServer_isNeverSeveral(@ForAll @Size(max = 12) List<@IntRange(max = 3) Integer> steps) {
        SameServer one = new SameServer();
        int requests = 0;
        for (int step : steps) {
            int before = requests;
            requests += step;
            one.saw(List.of(counting(requests), counting(before)));
        }
        assertThat(one.several()).isEmpty();
    }
}
