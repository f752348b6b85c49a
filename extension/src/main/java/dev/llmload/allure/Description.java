package dev.llmload.allure;

import dev.llmload.report.TestReport;
import dev.llmload.report.file.Markdown;
import dev.llmload.result.Level;
import dev.llmload.result.Subject;
import io.qameta.allure.model.Label;
import io.qameta.allure.model.Parameter;
import io.qameta.allure.model.TestResult;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a test case says about itself: name, history, parameters, labels. */
final class Description {
    private static final Set<String> BEHAVIOURS = Set.of("epic", "feature", "story");

    private static final int DIGITS = 5;

    private final TestResult test;

    private Description(TestResult test) {
        this.test = test;
    }

    /**
     * Describes a test case. Only the load tells one level from another: Allure 3 makes its history of the parameters, and
     * a port, a host or a model that changes must not start a new one.
     */
    static void level(TestResult test, Subject subject, Level level) {
        Description description = new Description(test);
        description.parameter(level.isOpen() ? "requestsPerSecond" : "concurrency", level.amount(), false);
        description.common(subject, level.name(), blanks(level) + level.name());
        description.label("level", blanks(level).replace(' ', '0') + level.name());
    }

    static void sweep(TestResult test, Subject subject) {
        new Description(test).common(subject, "scaling", "scaling");
    }

    /**
     * Reports sort by name: blanks before a number make 50 come before 100. A page shows several blanks as one, so that the
     * name stays plain. Empty where the level is not called by its number.
     */
    private static String blanks(Level level) {
        String number = level.name().startsWith(level.amount()) ? level.amount() : "";
        int digits = number.isEmpty() ? DIGITS : number.split("\\.")[0].length();
        return " ".repeat(Math.max(0, DIGITS - digits));
    }

    /** Adds a sentence to what the test says of itself, after the author's own. */
    static void remark(TestResult test, String sentence) {
        if (!sentence.isEmpty()) {
            String own = test.getDescription();
            String said = Markdown.text(sentence);
            test.setDescription(own == null || own.isBlank() ? said : own + "\n\n" + said);
        }
    }

    private void common(Subject subject, String part, String sorted) {
        test.setHistoryId(HistoryId.of(subject.test(), part));
        rename(part, sorted);
        parameter("endpoint", subject.endpoint(), true);
        parameter("model", subject.model(), true);
        test.getParameters().stream()
                .filter(p -> "UniqueId".equals(p.getName()))
                .forEach(p -> p.setExcluded(true)); // it holds the index, which a new level shifts
        label("tag", "llm-load");
        label("model", subject.model());
        if (subject.simulated()) {
            label("tag", "SIMULATED");
        }
        if (test.getLabels().stream().noneMatch(l -> BEHAVIOURS.contains(l.getName()))) {
            label("feature", TestReport.shortName(subject.test()));
            label("story", sorted);
        }
    }

    // "chat(LoadResult) 50 users" is JUnit's name where the method has no @DisplayName.
    private void rename(String part, String sorted) {
        String name = test.getName();
        if (name != null) {
            String place = Pattern.quote(part);
            test.setName(name.replaceFirst("^(\\w+)\\([\\w., ]*\\) (?=" + place + ")", "$1 @ ")
                    .replaceFirst(" " + place, " " + Matcher.quoteReplacement(sorted)));
        }
    }

    private void parameter(String name, String value, boolean excluded) {
        test.getParameters().removeIf(p -> name.equals(p.getName()));
        test.getParameters().add(new Parameter().setName(name).setValue(value).setExcluded(excluded));
    }

    private void label(String name, String value) {
        List<Label> labels = test.getLabels();
        if (labels.stream().noneMatch(l -> name.equals(l.getName()) && value.equals(l.getValue()))) {
            labels.add(new Label().setName(name).setValue(value));
        }
    }
}
