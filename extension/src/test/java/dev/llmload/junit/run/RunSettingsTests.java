package dev.llmload.junit.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmload.config.Configuration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What the metadata says of the keys. */
class RunSettingsTests {
    @Test
    void keysOfNamedEndpoints_areAmongThoseThatAreSet_andOthersAreNot() {
        Map<String, String> set = Map.of(
                "llmload.candidate.timeout.stall", "29s",
                "llmload.candidate.url", "http://user:s3cret@host:8000",
                "llmload.candidate.stall", "1s");
        set.forEach(System::setProperty);
        try {
            Configuration configuration =
                    new Configuration(key -> Optional.ofNullable(System.getProperty(key)), Map.of(), Map.of());

            assertThat(RunSettings.of(configuration).keys())
                    .containsEntry("llmload.candidate.timeout.stall", "29s")
                    .containsKey("llmload.candidate.url")
                    .doesNotContainKey("llmload.candidate.stall")
                    .allSatisfy((key, value) -> assertThat(value).doesNotContain("s3cret"));
        } finally {
            set.keySet().forEach(System::clearProperty);
        }
    }
}
