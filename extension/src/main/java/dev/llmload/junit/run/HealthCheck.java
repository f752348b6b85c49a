package dev.llmload.junit.run;

import dev.llmload.junit.declared.LoadTestSpec;
import dev.llmload.load.LoadListener;
import dev.llmload.load.LoadSession;
import dev.llmload.load.preflight.EndpointMemory;
import dev.llmload.load.preflight.EndpointUnusableException;
import dev.llmload.load.preflight.Preflight;
import dev.llmload.load.preflight.UsageCheck;
import dev.llmload.load.wire.EndpointSettings;
import dev.llmload.protocol.ApiUrl;
import dev.llmload.report.console.Glyphs;
import dev.llmload.report.console.ProgressPrinter;
import dev.llmload.report.console.Terminal;
import dev.llmload.simulator.Simulator;
import java.io.PrintStream;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;

/** The pre-flight alone. */
final class HealthCheck {
    private HealthCheck() {}

    /** Asks the endpoint of a test for a completion; says what came of it, and returns whether it can be used. */
    static boolean of(LoadTestSpec test, PrintStream out, EndpointMemory memory) {
        ProgressPrinter printer = new ProgressPrinter(out, Terminal.log(Glyphs.ofConsole()), System::nanoTime);
        if (test.endpoint().knownLater().isPresent()) {
            printer.print("? " + test.displayName() + ": its endpoint is known when it runs ("
                    + test.endpoint().knownLater().get() + "): it was not asked");
            return false;
        }
        Optional<Simulator> simulator = test.endpoint().simulator().map(Simulator::start);
        EndpointSettings settings = simulator
                .map(started -> PreparedEndpoint.at(test.endpoint().settings(), started))
                .orElse(test.endpoint().settings());
        try (LoadSession session = LoadSession.open(
                settings, test.request().settings(), 1, test.id(), simulator.isPresent(), new Waiting(printer))) {
            Preflight found = PreparedEndpoint.preflight(test, session, memory);
            UsageCheck usage = session.checkUsage();
            printer.print((usage.failure().isEmpty() ? "✔ " : "✘ ") + (simulator.isPresent() ? "SIMULATED  " : "")
                    + ApiUrl.shown(found.endpoint())
                    + " answers: model " + settings.secrets().name(found.model()) + ", "
                    + found.api().name().toLowerCase(Locale.ROOT)
                    + (found.server().isEmpty() ? "" : ", server " + found.server())
                    + usage(found, usage));
            found.notes().forEach(note -> printer.print("  " + note));
            return usage.failure().isEmpty();
        } catch (EndpointUnusableException e) {
            printer.print("✘ " + e.getMessage());
            return false;
        } finally {
            simulator.ifPresent(Simulator::close);
        }
    }

    // That the option is accepted says nothing: some servers accept it and report nothing.
    private static String usage(Preflight found, UsageCheck usage) {
        String rejected = found.usageOption() ? "" : ", rejects stream_options";
        if (!usage.failure().isEmpty()) {
            return rejected + "; a whole streamed answer failed: " + usage.failure();
        }
        if (usage.reported()) {
            return rejected + ", reports usage in the stream";
        }
        return rejected.isEmpty() ? ", accepts stream_options but reports no usage in the stream" : rejected;
    }

    private record Waiting(ProgressPrinter printer) implements LoadListener {
        @Override
        public void waiting(String what, Duration elapsed, Duration limit) {
            printer.waiting(what, elapsed, limit);
        }
    }
}
