package dev.llmload.junit.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmload.config.Configuration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What the metadata says of the keys. */
class RunSettingsTests {
    private static final Map<String, String> NONE = Map.of();

    private static RunSettings of(
            Map<String, String> parameters, Map<String, String> environment, Map<String, String> file) {
        return RunSettings.of(new Configuration(
                key -> Optional.ofNullable(parameters.get(key)).or(() -> Optional.ofNullable(file.get(key))),
                environment,
                file,
                parameters.keySet()));
    }

    @Test
    void keysOfNamedEndpoints_areAmongThoseThatAreSet_andOthersAreNot() {
        RunSettings settings = of(
                Map.of(
                        "llmload.candidate.timeout.stall", "29s",
                        "llmload.candidate.url", "http://user:s3cret@host:8000",
                        "llmload.candidate.stall", "1s"),
                NONE,
                NONE);

        assertThat(settings.keys())
                .containsEntry("llmload.candidate.timeout.stall", "29s")
                .containsKey("llmload.candidate.url")
                .doesNotContainKey("llmload.candidate.stall")
                .allSatisfy((key, value) -> assertThat(value).doesNotContain("s3cret"));
    }

    @Test
    void theyMayStandInTheEnvironment_orInTheFile() {
        RunSettings settings = of(
                NONE,
                Map.of(
                        "LLMLOAD_CANDIDATE_URL", "http://user:s3cret@host:8000",
                        "LLMLOAD_NEW_ROUTER_TIMEOUT_STALL", "29s",
                        "LLMLOAD_CANDIDATE_STALL", "1s",
                        "LLMLOAD_HF_URL", "http://hub",
                        "LLMLOAD_LABEL_WIKI_URL", "http://wiki"),
                Map.of("llmload.candidate.model", "llama"));

        assertThat(settings.keys().keySet())
                .contains("llmload.candidate.url", "llmload.candidate.model", "llmload.new-router.timeout.stall")
                .filteredOn(key -> !Set.of("llmload.hf.url").contains(key))
                .hasSize(3);
        assertThat(settings.keys().get("llmload.candidate.url")).doesNotContain("s3cret");
        assertThat(settings.labels()).containsOnly(Map.entry("wiki_url", "http://wiki"));
    }

    @Test
    void whatStandsInTwoPlaces_isListedOnce_withTheValueThatHolds() {
        RunSettings settings = of(
                Map.of("llmload.Candidate.model", "a"),
                Map.of("LLMLOAD_CANDIDATE_MODEL", "b", "LLMLOAD_CANDIDATE_URL", "http://b"),
                Map.of("llmload.Candidate.url", "http://c"));

        assertThat(settings.keys())
                .containsOnly(
                        Map.entry("llmload.Candidate.model", "a"), Map.entry("llmload.Candidate.url", "http://b"));
    }

    @Test
    void labels_mayBeParametersOfTheLauncher() {
        assertThat(of(Map.of("llmload.label.engine", "vLLM 0.11"), NONE, NONE).labels())
                .containsOnly(Map.entry("engine", "vLLM 0.11"));
    }
}
