package dev.llmload.load.counters;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmload.exposition.Sample;
import dev.llmload.load.preflight.ModelList;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** By which names a server may count what it does for the model that is asked. */
class ServedModelTests {
    private static final String LISTED = """
            {"object": "list", "data": [
              {"id": "chat", "root": "/models/llama", "parent": null},
              {"id": "llama-3", "root": "/models/llama", "parent": null},
              {"id": "sql-lora", "root": "/adapters/sql", "parent": "chat"},
              {"id": "other", "root": "/models/other", "parent": null}
            ]}""";

    private static Set<String> names(String model, String listed) {
        return ServedModel.of(model, ModelList.entries(listed)).names();
    }

    @Test
    void namesWithTheSameRoot_theParentAndTheAdapters() {
        assertThat(names("llama-3", LISTED)).containsExactlyInAnyOrder("chat", "llama-3", "sql-lora");
        assertThat(names("sql-lora", LISTED)).containsExactlyInAnyOrder("chat", "llama-3", "sql-lora");
        assertThat(names("other", LISTED)).containsExactly("other");
    }

    @Test
    void aNameThatIsNotListed_isTheOnlyModelThatIs() {
        assertThat(names("gpt", "{\"data\":[{\"id\":\"meta/llama\",\"root\":\"meta/llama\"}]}"))
                .containsExactlyInAnyOrder("gpt", "meta/llama");
        assertThat(names("gpt", LISTED))
                .as("which of these it is, nobody knows")
                .containsExactly("gpt");
        assertThat(names("gpt", "no list")).containsExactly("gpt");
    }

    @Test
    void aListWithoutRoots_makesNoRelatives() {
        assertThat(names("a", "{\"data\":[{\"id\":\"a\"},{\"id\":\"b\"},{\"id\":\"c\",\"root\":7,\"parent\":{}}]}"))
                .containsExactly("a");
    }

    @Test
    void aSampleCounts_whereItsLabelNamesTheModel_orNone() {
        ServedModel model = ServedModel.of("llama-3", ModelList.entries(LISTED));

        assertThat(model.owns(new Sample("x", Map.of("model_name", "chat"), 1))).isTrue();
        assertThat(model.owns(new Sample("x", Map.of("model", "llama-3"), 1))).isTrue();
        assertThat(model.owns(new Sample("x", Map.of("model_name", "other"), 1)))
                .isFalse();
        assertThat(model.owns(new Sample("x", Map.of("engine", "0"), 1))).isTrue();
    }
}
