package dev.llmload.benchmark;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Our client and the C client in turns, until so many rounds were quiet: others kept at most so much of a core busy
 * while either of them ran. Gives up after five times as many and then counts them all, saying so.
 *
 * @param <F> what a client's turn tells
 */
final class Rounds<F> {
    private static final int PATIENCE = 5;

    private final TimingServer server;
    private final int wanted;
    private final double mostOthers;
    private final List<Pair<F>> quiet = new ArrayList<>();
    private final List<Pair<F>> all = new ArrayList<>();

    /** So many quiet ones are wanted; {@code quiet} is in hundredths of a core. */
    Rounds(TimingServer server, int wanted, int quiet) {
        this.server = server;
        this.wanted = wanted;
        this.mostOthers = quiet / 100.0;
    }

    /** A round's figures. */
    record Pair<F>(F java, F c) {}

    /** One client's turn: figures, and the CPU time of processes that are neither this one nor the server. */
    record Turn<F>(F figures, double cpuSeconds) {}

    /** A client. */
    interface Client<F> {
        Turn<F> turn();
    }

    /** Says what each round told. */
    interface Printer<F> {
        void print(String who, F figures);
    }

    void run(Client<F> java, Client<F> c, Printer<F> printer) {
        for (int round = 1; quiet.size() < wanted && round <= PATIENCE * wanted; round++) {
            Noisy<F> mine = measured(java);
            Noisy<F> limit = measured(c);
            Pair<F> pair = new Pair<>(mine.figures, limit.figures);
            all.add(pair);
            boolean isQuiet = Math.max(mine.others, limit.others) <= mostOthers;
            if (isQuiet) {
                quiet.add(pair);
            }
            System.out.printf(
                    Locale.ROOT,
                    "%nround %d: %s; others kept %.2f and %.2f cores busy%n",
                    round,
                    isQuiet ? "counts" : "too noisy to count",
                    mine.others,
                    limit.others);
            printer.print("Java", pair.java);
            printer.print("C", pair.c);
        }
    }

    /** The rounds that count. */
    List<Pair<F>> counted() {
        return enough() ? quiet : all;
    }

    /** Which rounds count, in words. */
    String words() {
        return enough()
                ? String.format(
                        Locale.ROOT,
                        "medians of %d rounds in which others kept at most %.2f cores busy",
                        quiet.size(),
                        mostOthers)
                : "medians of all " + all.size() + " rounds: THE MACHINE WAS NOT QUIET";
    }

    private boolean enough() {
        return quiet.size() == wanted;
    }

    private record Noisy<F>(F figures, double others) {}

    private Noisy<F> measured(Client<F> client) {
        Machine.Ticks before = Machine.Ticks.now();
        double cpu = server.cpuSeconds() + Machine.cpuSeconds();
        Turn<F> turn = client.turn();
        double own = server.cpuSeconds() + Machine.cpuSeconds() - cpu + turn.cpuSeconds();
        return new Noisy<>(turn.figures(), Machine.Ticks.now().othersSince(before, own));
    }
}
