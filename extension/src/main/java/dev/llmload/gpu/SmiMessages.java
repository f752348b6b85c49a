package dev.llmload.gpu;

import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * An answer of nvidia-smi's, told apart: rows of devices that it read, and what it says of those that it did not. It exits
 * with a status of failure as soon as one of several devices fails, prints the rows of the others all the same, and prints
 * warnings before, between and behind them.
 */
final class SmiMessages {
    private static final Pattern GONE = Pattern.compile(
            "(?i)GPU is lost|fallen off the bus|requires? (a )?reset|GPU_IS_LOST|Reboot the system to recover");
    /** No handle, no device: it does not come back in this run either. */
    private static final Pattern NO_HANDLE = Pattern.compile("(?i)Unable to determine the device handle");
    /** What stands in the place of all its values where a device does not answer. */
    private static final Pattern FAILED = Pattern.compile("(?i)\\[?Unknown Error]?|ERR!?|\\[?GPU is lost]?");

    private static final int GONE_STATUS = 15;

    private final SmiCommand.Answer answer;
    private final SmiQuery query;
    private final SmiCommand.Answer before;

    /**
     * Reads an answer.
     *
     * @param answer to read
     * @param query that it answers
     * @param before what was said when the source was opened: of devices that were lost already, no news of any other
     */
    SmiMessages(SmiCommand.Answer answer, SmiQuery query, SmiCommand.Answer before) {
        this.answer = answer;
        this.query = query;
        this.before = before;
    }

    /** Whether a line is the row of a device that was read. */
    boolean healthy(String line) {
        return query.row(line) && !GONE.matcher(line).find() && !failed(line);
    }

    /** Whether most values are failures: what is left is what the driver knows without asking the device. */
    private boolean failed(String line) {
        List<String> values = query.values(line);
        long failures = values.stream()
                .filter(value -> FAILED.matcher(value.strip()).matches())
                .count();
        return failures > 0 && 2 * failures >= values.size();
    }

    /** What it says of devices that it does not read: their rows, its messages; none if all is well. */
    List<String> leftOut() {
        return news().filter(line -> !healthy(line))
                .filter(line -> query.row(line)
                        || GONE.matcher(line).find()
                        || NO_HANDLE.matcher(line).find()
                        || failed(line))
                .toList();
    }

    private Stream<String> news() {
        return answer.lines().stream().filter(line -> !before.lines().contains(line));
    }

    private Optional<String> firstMessage() {
        return news().filter(line -> !query.row(line)).findFirst();
    }

    /** Why there is no device at all, in its own words. */
    String why() {
        String said = leftOut().stream().findFirst().or(this::firstMessage).orElse("no output");
        return answer.status() == 0
                ? "nvidia-smi lists no GPU: " + said
                : "nvidia-smi failed (exit status " + answer.status() + "): " + said;
    }

    /** Whether a device that was not read is lost for good. */
    boolean gone(String uuid) {
        String said = said(uuid).orElse("");
        boolean status = answer.status() == GONE_STATUS && before.status() != GONE_STATUS;
        return status || GONE.matcher(said).find() || NO_HANDLE.matcher(said).find();
    }

    /** Why a device was not read: never the row of another one. */
    String about(String uuid) {
        return "nvidia-smi (exit status " + answer.status() + "): "
                + said(uuid).orElse("it does not list " + uuid + (answer.lines().isEmpty() ? ", no output" : ""));
    }

    /** Its own row, or a message about devices, or else any message. */
    private Optional<String> said(String uuid) {
        return answer.lines().stream()
                .filter(line -> query.row(line)
                        && query.text(query.values(line), "uuid").equals(uuid))
                .findFirst()
                .or(() -> leftOut().stream().filter(line -> !query.row(line)).findFirst())
                .or(this::firstMessage);
    }
}
