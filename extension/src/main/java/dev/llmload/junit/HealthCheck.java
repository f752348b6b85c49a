package dev.llmload.junit;

import dev.llmload.load.EndpointSettings;
import dev.llmload.load.EndpointUnusableException;
import dev.llmload.load.LoadListener;
import dev.llmload.load.LoadSession;
import dev.llmload.load.Preflight;
import dev.llmload.openai.ApiUrl;
import dev.llmload.report.Glyphs;
import dev.llmload.report.ProgressPrinter;
import dev.llmload.simulator.Simulator;
import java.io.PrintStream;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;

/** The pre-flight alone. */
final class HealthCheck {
    private HealthCheck() {}

    /** Asks the endpoint of a test for a completion; says what came of it, and returns whether it can be used. */
    static boolean of(LoadTest test, PrintStream out) {
        ProgressPrinter printer = new ProgressPrinter(out, Glyphs.ofConsole(), false, System::nanoTime);
        if (test.endpoint().knownLater().isPresent()) {
            printer.print("? " + test.displayName() + ": its endpoint is known when it runs ("
                    + test.endpoint().knownLater().get() + "): it was not asked");
            return false;
        }
        Optional<Simulator> simulator = test.endpoint().simulator().map(Simulator::start);
        EndpointSettings settings = simulator
                .map(started -> PreparedEndpoint.at(test.endpoint().settings(), started))
                .orElse(test.endpoint().settings());
        try (LoadSession session =
                LoadSession.open(settings, test.request(), 1, test.id(), simulator.isPresent(), new Waiting(printer))) {
            Preflight found = PreparedEndpoint.preflight(test, session);
            printer.print("✔ " + (simulator.isPresent() ? "SIMULATED  " : "") + ApiUrl.shown(found.endpoint())
                    + " answers: model " + found.model() + ", "
                    + found.api().name().toLowerCase(Locale.ROOT)
                    + (found.server().isEmpty() ? "" : ", server " + found.server())
                    + (found.usageOption() ? ", reports usage in the stream" : ", rejects stream_options"));
            found.notes().forEach(note -> printer.print("  " + note));
            return true;
        } catch (EndpointUnusableException e) {
            printer.print("✘ " + e.getMessage());
            return false;
        } finally {
            simulator.ifPresent(Simulator::close);
        }
    }

    private record Waiting(ProgressPrinter printer) implements LoadListener {
        @Override
        public void waiting(String what, Duration elapsed, Duration limit) {
            printer.waiting(what, elapsed, limit);
        }
    }
}
