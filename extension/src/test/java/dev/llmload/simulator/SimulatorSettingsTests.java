package dev.llmload.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.llmload.simulator.engine.EngineModel;
import dev.llmload.simulator.settings.Lengths;
import dev.llmload.simulator.settings.Replicas;
import dev.llmload.simulator.settings.SimulatorFaults;
import dev.llmload.simulator.settings.SimulatorTiming;
import dev.llmload.simulator.settings.SimulatorWire;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SimulatorSettingsTests {
    @ParameterizedTest
    @ValueSource(strings = {"simulator", "simulator:", "simulator:default", "simulator?", " simulator:default? "})
    void noProfile_isTheDefault(String spec) {
        SimulatorSettings settings = SimulatorSettings.parse(spec);
        assertThat(settings.profile()).isEqualTo("default");
        assertThat(settings.model()).isEqualTo("simulated-model");
        assertThat(settings.seed()).isEqualTo(42);
        assertThat(settings.timing())
                .isEqualTo(new SimulatorTiming(
                        Duration.ofMillis(80),
                        0.25,
                        Duration.ofNanos(20_000),
                        Duration.ZERO,
                        Duration.ofMillis(6),
                        0.1,
                        0.01,
                        30,
                        90,
                        1,
                        64));
        assertThat(settings.faults()).isEqualTo(new SimulatorFaults(Map.of(), 3, 500, Duration.ofSeconds(2)));
        assertThat(settings.wire()).isEqualTo(new SimulatorWire(false, false, false, true));
    }

    @ParameterizedTest
    @CsvSource({"default, 80", "fast, 5", "slow, 600"})
    void profiles_haveTheirOwnPace(String profile, long ttftMillis) {
        assertThat(SimulatorSettings.parse("simulator:" + profile).timing().ttft())
                .isEqualTo(Duration.ofMillis(ttftMillis));
    }

    @Test
    void parameters_overrideTheProfile() {
        SimulatorSettings settings = SimulatorSettings.parse("simulator:fast?ttft=1.5s&tpotJitter=5%&tokens=7"
                + "&maxConcurrent=3&errorRate=0.1&stallRate=20%&slowStart=3s&buffered=true&seed=-9&model=a/b:c&tpot=0");
        assertThat(settings.timing().ttft()).isEqualTo(Duration.ofMillis(1500));
        assertThat(settings.timing().tpot()).isEqualTo(Duration.ZERO);
        assertThat(settings.timing().tpotJitter()).isEqualTo(0.05);
        assertThat(settings.timing().minTokens()).isEqualTo(7);
        assertThat(settings.timing().maxTokens()).isEqualTo(7);
        assertThat(settings.timing().maxConcurrent()).isEqualTo(3);
        assertThat(settings.faults().rates()).isEqualTo(Map.of(Fault.ERROR, 0.1, Fault.STALL, 0.2));
        assertThat(settings.slowStart()).isEqualTo(Duration.ofSeconds(3));
        assertThat(settings.wire().buffered()).isTrue();
        assertThat(settings.seed()).isEqualTo(-9);
        assertThat(settings.model()).isEqualTo("a/b:c");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "simulator:slwo|\"simulator:slwo\": unknown profile \"slwo\"; did you mean \"slow\"? Profiles: default, fast, slow",
                "simulator?ttf=80ms|\"simulator?ttf=80ms\": unknown parameter \"ttf\"; did you mean \"ttft\"? Parameters: ttft, ttftJitter,",
                "simulator?errorrate=1|unknown parameter \"errorrate\"; did you mean \"errorRate\"?",
                "simulator?ttft|each parameter must be key=value, but one is \"ttft\"",
                "simulator?ttft=1ms&|each parameter must be key=value, but one is \"\"",
                "simulator?ttft=1ms&ttft=2ms|parameter \"ttft\" is given twice",
                "simulator?ttft=fast|parameter \"ttft\" must be a duration such as 80ms, 1.5s or 500us, but was \"fast\"",
                "simulator?tokens=80..40|tokens must be a range whose end is not below its start, but was 80..40",
                "simulator?tokens=a|parameter \"tokens\" must be a number or a range such as 40..80, but was \"a\"",
                "simulator?tokens=0|tokens must be at least 1, but was 0",
                "simulator?errorRate=1.5|errorRate must be from 0 to 1 (or 0% to 100%), but was 1.5",
                "simulator?errorRate=-1|parameter \"errorRate\" must be a number such as 0.1 or a percentage such as 10%, but was \"-1\"",
                "simulator?errorRate=0.7&stallRate=0.7|the sum of all fault rates must be at most 1, but was 1.4",
                "simulator?buffered=yes|parameter \"buffered\" must be true or false, but was \"yes\"",
                "simulator?maxConcurrent=many|parameter \"maxConcurrent\" must be a whole number, but was \"many\"",
                "simulator?maxConcurrent=-1|maxConcurrent must be at least 0, but was -1",
                "simulator?errorStatus=200|errorStatus must be from 400 to 599, but was 200",
                "simulator?ttftJitter=2|ttftJitter must be from 0 to 1 (or 0% to 100%), but was 2.0",
                "simulator:llama|unknown profile \"llama\"; did you mean \"llama-3-8b-a40\"?",
                "simulator:h100|unknown profile \"h100\"; did you mean \"h100-fast\"?",
                "simulator:a40|unknown profile \"a40\"; did you mean \"llama-3-8b-a40\"?",
                "simulator:FSAT|unknown profile \"FSAT\"; did you mean \"fast\"?",
                "simulator:small?maxbatch=3|unknown parameter \"maxbatch\"; did you mean \"maxBatch\"?",
                "simulator:small?ttft=3ms|parameter \"ttft\" does nothing in profile small, whose pace comes from a batching engine; its parameters: prefillRate,",
                "simulator:fast?maxBatch=3|parameter \"maxBatch\" needs a batching engine, and profile fast has none: add engine=batch, or take a profile that has one",
                "simulator?engine=fast|parameter \"engine\" must be batch or timed, but was \"fast\"",
                "simulator?lengths=long|parameter \"lengths\" must be uniform or lognormal, but was \"long\"",
                "simulator:small?maxBatch=0|maxBatch must be at least 1, but was 0",
                "simulator:small?prefillRate=0|prefillRate must be at least 1, but was 0",
                "simulator:small?maxBatch=600|stepTokens must be at least maxBatch (600), but was 512",
                "simulator:small?kvTokens=1000|kvTokens must be at least maxContext (1024) in whole blocks of 16, but was 1000",
                "simulator:small?maxContext=1|maxContext must be at least 2, but was 1",
                "simulator?model=|model must be a name, but was \"\"",
                "simulated|a simulator must be written simulator, simulator:<profile> or simulator:<profile>?key=value&..., but was \"simulated\""
            })
    void mistakes_areNamed(String spec, String message) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> SimulatorSettings.parse(spec))
                .withMessageContaining(message);
    }

    @Test
    void engineParameters_overrideTheProfile() {
        EngineModel model = SimulatorSettings.parse(
                        "simulator:llama-3-8b-a40?prefillRate=7000&stepTokens=300&stepBase=1.5ms"
                                + "&perSequence=3us&perContextToken=4ns&maxBatch=128&kvTokens=9000&maxContext=512"
                                + "&prefixCache=true&prefixCacheTokens=640")
                .engine()
                .orElseThrow();
        assertThat(model)
                .isEqualTo(new EngineModel(
                        7000,
                        300,
                        Duration.ofNanos(1_500_000),
                        Duration.ofNanos(3000),
                        Duration.ofNanos(4),
                        128,
                        9000,
                        512,
                        true,
                        640));
    }

    @Test
    void replicas_areOne_orSeveral_inTurnsOrSticky() {
        assertThat(SimulatorSettings.parse("simulator:small").replicas()).isEqualTo(new Replicas(1, ""));
        SimulatorSettings two = SimulatorSettings.parse("simulator:small?replicas=2&stickyHeader=X-Session-ID");
        assertThat(two.replicas()).isEqualTo(new Replicas(2, "X-Session-ID"));
        assertThat(two.toString()).contains(", 2 replicas, sticky by X-Session-ID");
        assertThat(SimulatorSettings.parse("simulator:small?replicas=3").toString())
                .contains(", 3 replicas, in turns");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "prefixCacheTokens=15|prefixCacheTokens must be 0 (all that kvTokens has room for), or from 16 (one"
                        + " block) to kvTokens (2048), but was 15",
                "prefixCacheTokens=2049|to kvTokens (2048), but was 2049",
                "prefixCacheTokens=-16|one block) to kvTokens (2048), but was -16",
                "prefixCacheTokens=64&prefixCache=false|prefixCacheTokens must be 0 without prefixCache=true, because"
                        + " nothing is remembered, but was 64",
                "replicas=0|replicas must be from 1 to 64, but was 0",
                "replicas=two|parameter \"replicas\" must be a whole number, but was \"two\"",
                "stickyHeader=X-Session-ID|stickyHeader must be empty with replicas=1, which gets every request anyway,"
                        + " but was \"X-Session-ID\"",
                "replicas=2&stickyHeader=X Session|stickyHeader must be the name of an HTTP header such as"
                        + " X-Session-ID, but was \"X Session\"",
                "engine=timed&replicas=2|parameter \"replicas\" needs a batching engine",
            })
    void mistakesOfCachesAndReplicas_areNamed(String parameters, String message) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> SimulatorSettings.parse("simulator:small?" + parameters))
                .withMessageContaining(message);
    }

    @Test
    void anyProfile_canHaveAnEngineOrNone() {
        assertThat(SimulatorSettings.parse("simulator:fast").engine()).isEmpty();
        assertThat(SimulatorSettings.parse("simulator:fast?engine=batch&maxBatch=7")
                        .engine())
                .get()
                .extracting(EngineModel::maxBatch)
                .isEqualTo(7);
        assertThat(SimulatorSettings.parse("simulator:small?engine=timed&ttft=1ms")
                        .engine())
                .isEmpty();
    }

    @Test
    void lengths_areUniformUnlessSaidOtherwise() {
        assertThat(SimulatorSettings.parse("simulator:small").lengths()).isEqualTo(Lengths.UNIFORM);
        assertThat(SimulatorSettings.parse("simulator?lengths=lognormal").lengths())
                .isEqualTo(Lengths.LOGNORMAL);
    }

    @Test
    void apiKey_isInNoText() {
        SimulatorSettings settings = SimulatorSettings.parse("simulator?apiKey=open-sesame");
        assertThat(settings.apiKey()).isEqualTo("open-sesame");
        assertThat(settings.toString()).doesNotContain("sesame").endsWith("with an API key");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> SimulatorSettings.parse("simulator?apiKey=open-sesame&x=1"))
                .withMessageContaining("apiKey=***&x=1")
                .withMessageNotContaining("sesame");
    }

    @Test
    void withModel_changesTheNameAlone() {
        SimulatorSettings settings = SimulatorSettings.parse("simulator:slow?seed=3");
        assertThat(settings.withModel("llama").model()).isEqualTo("llama");
        assertThat(settings.withModel("llama").withModel("simulated-model")).isEqualTo(settings);
    }

    @ParameterizedTest
    @CsvSource({
        "simulator, true",
        "simulator:fast, true",
        "simulator?ttft=1ms, true",
        "simulators, false",
        "http://simulator:8000, false",
        "'', false"
    })
    void isSimulator_knowsItsOwn(String url, boolean expected) {
        assertThat(SimulatorSettings.isSimulator(url)).isEqualTo(expected);
    }
}
