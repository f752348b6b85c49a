package dev.llmload.report.chart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;

class AxisTests {
    @Test
    void linearTicks_areRound_andCoverTheHighest() {
        assertThat(Ticks.linear(1.62, 5)).containsExactly(0, 0.5, 1, 1.5, 2);
        assertThat(Ticks.linear(1457.8, 5)).containsExactly(0, 500, 1000, 1500);
        assertThat(Ticks.linear(100, 5)).containsExactly(0, 20, 40, 60, 80, 100);
        assertThat(Ticks.linear(0.3, 3)).containsExactly(0, 0.1, 0.2, 0.3);
    }

    @Test
    void logTicks_encloseTheValues() {
        assertThat(Ticks.log(300, 5900)).containsExactly(200, 500, 1000, 2000, 5000, 10000);
        assertThat(Ticks.log(4, 4000)).containsExactly(3, 10, 30, 100, 300, 1000, 3000, 10000);
        assertThat(Ticks.log(1, 60_000)).containsExactly(1, 10, 100, 1000, 10_000, 100_000);
        assertThat(Ticks.log(1, 1)).containsExactly(1, 2);
    }

    @Test
    void aPercentileAxis_putsEqualTailsEquallyFarApart() {
        Axis axis = new Axis(Scale.PERCENTILE, 0, 99.9, 0, 300, List.of());

        assertThat(axis.at(0)).isZero();
        assertThat(axis.at(90)).isCloseTo(100, within(1e-9));
        assertThat(axis.at(99)).isCloseTo(200, within(1e-9));
        assertThat(axis.at(99.9)).isCloseTo(300, within(1e-9));
        assertThat(axis.at(100)).isEqualTo(300);
    }

    @Test
    void aLogAxis_putsEqualRatiosEquallyFarApart_upwardsToo() {
        Axis axis = new Axis(Scale.LOG, 1, 100, 400, 200, List.of());

        assertThat(axis.at(10)).isEqualTo(300);
        assertThat(axis.at(0)).isEqualTo(400);
        assertThat(axis.at(1e9)).isEqualTo(200);
    }

    @Test
    void anAxisThatDoesNotRise_isRefused() {
        assertThatThrownBy(() -> new Axis(Scale.LINEAR, 5, 5, 0, 1, List.of()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("an axis must rise, but goes from 5.0 to 5.0");
    }

    @Test
    void numbers_areShortAndFinite() {
        assertThat(Svg.number(12.0)).isEqualTo("12");
        assertThat(Svg.number(-0.001)).isEqualTo("0");
        assertThat(Svg.number(1.005)).isEqualTo("1.01");
        assertThatThrownBy(() -> Svg.number(Double.NaN)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void text_isEscaped() {
        assertThat(XmlText.escape("a < b & \"c\" \u0001")).isEqualTo("a &lt; b &amp; &quot;c&quot; \uFFFD");
    }

    @Test
    void aTakenSpot_isNotUsedTwice() {
        Svg svg = new Svg(300, 200, "t", "d");
        Axis x = new Axis(Scale.LINEAR, 0, 100, 0, 300, List.of());
        Axis y = new Axis(Scale.LINEAR, 0, 100, 200, 0, List.of());
        Labels labels = new Labels(svg, new Panel(svg, x, y));
        Labels.Spot first = new Labels.Spot(100, 100, Type.Anchor.START);
        Labels.Spot second = new Labels.Spot(100, 150, Type.Anchor.START);

        labels.put("one", Type.plain(Palette.INK), first, second);
        labels.put("two", Type.plain(Palette.INK), first, second);

        assertThat(svg.toString())
                .contains("<text x=\"100\" y=\"100\" fill=\"#222222\">one")
                .contains("y=\"150\" fill=\"#222222\">two");
    }

    @Test
    void whereEverySpotIsTaken_theOneThatCoversLeastIsUsed_outsideThePanelNever() {
        Svg svg = new Svg(300, 200, "t", "d");
        Axis x = new Axis(Scale.LINEAR, 0, 100, 0, 300, List.of());
        Axis y = new Axis(Scale.LINEAR, 0, 100, 200, 50, List.of());
        Labels labels = new Labels(svg, new Panel(svg, x, y));
        labels.avoidLine(90, 100, 200, 100);
        labels.avoidLine(90, 148, 95, 148);
        labels.avoidLine(104, 146, 106, 146);

        labels.put(
                "one",
                Type.plain(Palette.INK),
                new Labels.Spot(100, 40, Type.Anchor.START),
                new Labels.Spot(100, 104, Type.Anchor.START),
                new Labels.Spot(100, 150, Type.Anchor.START));

        assertThat(svg.toString()).contains("y=\"150\" fill=\"#222222\">one");
    }
}
