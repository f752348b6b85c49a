package dev.llmload.budget;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import dev.llmload.budget.grammar.BudgetParser;
import dev.llmload.budget.grammar.BudgetSyntaxException;
import dev.llmload.budget.grammar.Words;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads a budget file token by token, so that every mistake has its line and column. Stops at the first. Confined to one
 * thread.
 */
final class BudgetFileReader {
    private static final List<String> KEYS = List.of("release", "budgets", "levels");

    private final String text;
    private final String file;
    private final List<BudgetRule> everywhere = new ArrayList<>();
    private final List<BudgetRule> atLevels = new ArrayList<>();
    private String release = "";

    BudgetFileReader(String text, String file) {
        this.text = text;
        this.file = file;
    }

    ReleaseBudgets read() {
        YAMLFactory yaml = YAMLFactory.builder()
                .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                .build();
        try (JsonParser parser = yaml.createParser(text)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                throw mistake(parser, "a budget file must hold the keys `release`, `budgets` and `levels`");
            }
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                key(parser);
            }
            if (parser.nextToken() != null) {
                throw mistake(parser, "a budget file must hold one YAML document, but another one begins");
            }
        } catch (JsonProcessingException e) {
            throw syntax(e);
        } catch (IOException e) {
            throw new IllegalArgumentException("budget file " + file + " cannot be read: " + e.getMessage(), e);
        }
        List<BudgetRule> all = new ArrayList<>(everywhere);
        all.addAll(atLevels);
        return new ReleaseBudgets(release, all);
    }

    private void key(JsonParser parser) throws IOException {
        String key = parser.currentName();
        switch (key) {
            case "release" -> {
                if (!parser.nextToken().isScalarValue() || parser.getText().isBlank()) {
                    throw mistake(parser, "`release` must be a name, for example llama-3-8b/2026-11");
                }
                release = parser.getText().strip();
            }
            case "budgets" -> budgets(parser, "`budgets`", List.of(), everywhere);
            case "levels" -> levels(parser);
            default ->
                throw mistake(
                        parser,
                        "unknown key `" + key + "`; the keys are `" + String.join("`, `", KEYS) + "`"
                                + Words.nearest(key, KEYS)
                                        .map(word -> "; did you mean `" + word + "`?")
                                        .orElse(""));
        }
    }

    private void levels(JsonParser parser) throws IOException {
        if (parser.nextToken() != JsonToken.START_OBJECT) {
            throw mistake(
                    parser,
                    "`levels` must hold level names with their budgets, for example"
                            + " \"100 users\": [throughput >= 1400 tok/s]");
        }
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String level = parser.currentName();
            budgets(parser, "level `" + level + "`", List.of(level), atLevels);
        }
    }

    private void budgets(JsonParser parser, String where, List<String> at, List<BudgetRule> to) throws IOException {
        if (parser.nextToken() != JsonToken.START_ARRAY) {
            throw mistake(parser, where + " must be a list of budgets, for example [ttft p95 < 1500 ms]");
        }
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            if (!parser.currentToken().isScalarValue()) {
                throw mistake(
                        parser,
                        "a budget of " + where + " must be one line of text, for example"
                                + " ttft p95 < 1500 ms; a colon followed by a blank needs quotes");
            }
            try {
                to.add(BudgetParser.parse(parser.getText(), "file " + file, at, 0));
            } catch (BudgetSyntaxException e) {
                throw mistake(parser, e.getMessage());
            }
        }
    }

    private IllegalArgumentException mistake(JsonParser parser, String what) {
        return new IllegalArgumentException(place(parser.currentTokenLocation()) + what);
    }

    private IllegalArgumentException syntax(JsonProcessingException e) {
        // The parser's own sentence ends before the picture that it draws of the place.
        String what = e.getOriginalMessage().lines().findFirst().orElse("not YAML");
        return new IllegalArgumentException(place(e.getLocation()) + what, e);
    }

    private String place(JsonLocation location) {
        return "budget file " + file + ", line " + location.getLineNr() + ", column " + location.getColumnNr() + ": ";
    }
}
