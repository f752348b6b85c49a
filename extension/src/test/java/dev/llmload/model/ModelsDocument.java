package dev.llmload.model;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** The tables of {@code docs/models.md}, drawn from the families that the code knows and the cases of the tests. */
final class ModelsDocument {
    private static final String QUANTISED = "llama-3-8b-";

    private ModelsDocument() {}

    /** A row a family: its classes and types, and the models that it was checked with. */
    static String families() {
        return "| family | `architectures` or `model_type` | checked with: parameters, active ones |\n|---|---|---|\n"
                + Arrays.stream(Family.values()).map(ModelsDocument::family).collect(Collectors.joining("\n"));
    }

    private static String family(Family family) {
        String names = family.names().stream().map(name -> "`" + name + "`").collect(Collectors.joining(" "));
        String models = KnownModel.all().stream()
                .filter(model -> model.family() == family && !model.name().startsWith(QUANTISED))
                .map(model -> model.name() + " " + grouped(model.parameters())
                        + (model.active() == model.parameters() ? "" : ", " + grouped(model.active())))
                .collect(Collectors.joining("<br>"));
        return "| " + family.label() + " | " + names + " | " + models + " |";
    }

    /** A row a quantised case of one model. */
    static String quantisations() {
        List<KnownModel> cases = KnownModel.all().stream()
                .filter(model ->
                        model.name().startsWith(QUANTISED) || model.name().equals("llama-3-8b"))
                .toList();
        return "| quantisation of llama-3-8b | bytes of its weights | computed in |\n|---|---|---|\n"
                + cases.stream()
                        .map(model -> "| " + quantisation(model) + " | " + grouped((long) model.weightBytes()) + " | "
                                + model.computeType() + " |")
                        .collect(Collectors.joining("\n"));
    }

    private static String quantisation(KnownModel model) {
        return model.name().startsWith(QUANTISED)
                ? model.name()
                        .substring(QUANTISED.length())
                        .replace("ct-", "compressed-tensors ")
                        .replace('-', ' ')
                : "none";
    }

    private static String grouped(long number) {
        return String.format(Locale.ROOT, "%,d", number).replace(',', ' ');
    }
}
