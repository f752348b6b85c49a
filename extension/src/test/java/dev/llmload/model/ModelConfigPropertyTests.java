package dev.llmload.model;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Whatever stands in a field of a configuration: there is a cost that can be one, or a sentence that says what is wrong. */
class ModelConfigPropertyTests {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final List<String> VALUES = List.of(
            "null",
            "0",
            "1",
            "-1",
            "3",
            "1000000",
            "2147483647",
            "9223372036854775807",
            "1e400",
            "4096.5",
            "true",
            "\"\"",
            "\"x\"",
            "[]",
            "[1]",
            "[\"full_attention\"]",
            "{}",
            "{\"a\": 1}",
            "{\"quant_method\": 7}",
            "{\"quant_method\": \"compressed-tensors\", \"config_groups\": []}",
            "{\"quant_algo\": {}}");

    @Provide
    Arbitrary<String> models() {
        return Arbitraries.of(KnownModel.all().stream().map(KnownModel::name).toList());
    }

    @Provide
    Arbitrary<String> values() {
        return Arbitraries.of(VALUES);
    }

    @Property(tries = 1500, seed = "21", edgeCases = EdgeCasesMode.NONE)
    void aFieldWithAnotherValue_isCountedOrRefused(
            @ForAll("models") String model, @ForAll("values") String value, @ForAll int which) throws Exception {
        ObjectNode whole = (ObjectNode) JSON.readTree(KnownModel.config(model));
        JsonNode nested = whole.path("text_config");
        ObjectNode text = nested.isObject() ? (ObjectNode) nested : whole;
        List<String> fields = new ArrayList<>();
        text.fieldNames().forEachRemaining(fields::add);
        text.set(fields.get(Math.floorMod(which, fields.size())), JSON.readTree(value));
        check(whole.toString());
    }

    @Property(tries = 500, seed = "22", edgeCases = EdgeCasesMode.NONE)
    void aFieldLess_isCountedOrRefused(@ForAll("models") String model, @ForAll int which) throws Exception {
        ObjectNode whole = (ObjectNode) JSON.readTree(KnownModel.config(model));
        List<String> fields = new ArrayList<>();
        whole.fieldNames().forEachRemaining(fields::add);
        whole.remove(fields.get(Math.floorMod(which, fields.size())));
        check(whole.toString());
    }

    private static void check(String config) {
        try {
            ModelCost cost = ModelCosts.ofConfig(config, 16);
            assertThat(cost.flops(512, 0, 128)).isPositive().isFinite();
            assertThat(cost.activeParameters().orElseThrow()).isPositive();
            assertThat(cost.stepBytes(4, 4000).orElseThrow()).isPositive().isFinite();
        } catch (IllegalArgumentException e) {
            assertThat(e).hasMessageMatching("(?s).{20,}; set `parameters` or `flopsPerToken` instead of `config`");
        }
    }
}
