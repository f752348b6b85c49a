package dev.llmload.report.file;

import dev.llmload.report.InvocationOutcome;
import dev.llmload.report.PlanListener;
import dev.llmload.report.RunSummary;
import dev.llmload.report.TestReport;
import dev.llmload.spi.Status;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * What GitHub shows beside the code: a workflow command for each invocation that did not pass, {@code ::error} for what is
 * broken and {@code ::warning} for what could not be told. The gravest come first, because GitHub shows ten of a kind.
 */
public final class GithubAnnotations implements PlanListener {
    /**
     * Where a test is declared.
     *
     * @param file relative to the repository's root, with {@code /}
     * @param line from 1, or 0 if it is not known
     */
    public record Place(String file, int line) {}

    private record Annotation(Status status, String text) {}

    private final Consumer<String> output;
    private final Function<String, Optional<Place>> places;

    /**
     * Prints the commands, which GitHub reads from the job's output.
     *
     * @param output prints a line as it stands
     * @param places where a test is declared, by its id; empty if nobody knows
     */
    public GithubAnnotations(Consumer<String> output, Function<String, Optional<Place>> places) {
        this.output = output;
        this.places = places;
    }

    @Override
    public void planEnded(RunSummary run) {
        render(run, places).forEach(output);
    }

    @Override
    public String toString() {
        return "the annotations of GitHub";
    }

    /**
     * The commands, one a line.
     *
     * @param run what it came to
     * @param places where a test is declared, by its id; empty if nobody knows
     */
    public static List<String> render(RunSummary run, Function<String, Optional<Place>> places) {
        List<Annotation> all = new ArrayList<>();
        for (RunSummary.Test test : run.tests()) {
            for (InvocationOutcome entry : test.entries()) {
                String command = command(entry.status());
                if (!command.isEmpty()) {
                    all.add(new Annotation(
                            entry.status(), command + properties(test, entry, places) + "::" + data(message(entry))));
                }
            }
        }
        return all.stream()
                .sorted(Comparator.comparing(Annotation::status).reversed())
                .map(Annotation::text)
                .toList();
    }

    private static String command(Status status) {
        return switch (status) {
            case FAIL, ERROR, MISCONFIGURED -> "::error ";
            case INCONCLUSIVE, NOT_MEASURED -> "::warning ";
            case PASS, SKIPPED -> "";
        };
    }

    private static String properties(
            RunSummary.Test test, InvocationOutcome entry, Function<String, Optional<Place>> places) {
        String place = places.apply(test.id())
                .map(p -> "file=" + property(p.file()) + "," + (p.line() > 0 ? "line=" + p.line() + "," : ""))
                .orElse("");
        String title = entry.status().words() + ": " + TestReport.shortName(test.id())
                + (entry.name().isEmpty() ? "" : " @ " + entry.name());
        return place + "title=" + property(title);
    }

    private static String message(InvocationOutcome entry) {
        return entry.message().isEmpty()
                ? entry.status().words()
                : entry.message().strip();
    }

    /** As GitHub's own toolkit escapes what is said. */
    public static String data(String text) {
        return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A");
    }

    /** As it escapes the value of a property. */
    public static String property(String text) {
        return data(text).replace(":", "%3A").replace(",", "%2C");
    }
}
