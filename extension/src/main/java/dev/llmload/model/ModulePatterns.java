package dev.llmload.model;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/**
 * A list of modules as quantisation files have it: names or the ends and beginnings of names, {@code *} for any text, or a
 * regular expression behind {@code re:}. Immutable.
 */
final class ModulePatterns {
    static final ModulePatterns NONE = new ModulePatterns(List.of());

    /** What a language model's modules are called within a larger one. */
    private static final List<String> OUTER = List.of("", "language_model.", "model.language_model.");

    private final List<Pattern> patterns;

    private ModulePatterns(List<Pattern> patterns) {
        this.patterns = patterns;
    }

    /** Of the arrays that are there among several that may be. */
    static ModulePatterns of(JsonNode... lists) {
        List<Pattern> patterns = new ArrayList<>();
        for (JsonNode list : lists) {
            list.forEach(entry -> patterns.add(pattern(entry.asText())));
        }
        return new ModulePatterns(List.copyOf(patterns));
    }

    private static Pattern pattern(String entry) {
        try {
            return entry.startsWith("re:")
                    ? Pattern.compile("^(?:" + entry.substring(3) + ")")
                    : Pattern.compile("(^|\\.)" + Pattern.quote(entry).replace("*", "\\E.*\\Q") + "(\\.|$)");
        } catch (PatternSyntaxException e) {
            throw ModelConfig.refusal(
                    "`quantization_config` holds the pattern `" + entry + "`, which is none: " + e.getDescription());
        }
    }

    /** Whether a module is in the list, under its own name or that of the module which some models make of three. */
    boolean hold(String module) {
        String fused =
                module.replaceFirst("\\.[qkv]_proj$", ".qkv_proj").replaceFirst("\\.(gate|up)_proj$", ".gate_up_proj");
        for (String outer : OUTER) {
            for (Pattern pattern : patterns) {
                if (pattern.matcher(outer + module).find()
                        || pattern.matcher(outer + fused).find()) {
                    return true;
                }
            }
        }
        return false;
    }
}
