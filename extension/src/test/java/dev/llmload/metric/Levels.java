package dev.llmload.metric;

import static dev.llmload.metric.Requests.at;

import dev.llmload.metric.check.ClientHealth;
import dev.llmload.metric.check.ServerWork;
import dev.llmload.result.Level;
import dev.llmload.result.LoadResult;
import dev.llmload.result.MeasurementError;
import dev.llmload.result.Metric;
import dev.llmload.result.Subject;
import dev.llmload.result.ValidityCheck;
import dev.llmload.result.Window;
import dev.llmload.result.request.Phase;
import dev.llmload.result.request.RequestRecord;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;

/** Builds a level by hand. Its window is open from 0 ms to 1000 ms unless something else is said; so is its run. */
public final class Levels {
    private int users = 1;
    private boolean steady = true;
    private double perSecond;
    private double open = 0;
    private double close = 1000;
    private double runFrom = 0;
    private double runTo = 1000;
    private boolean windowOpened = true;
    private ClientHealth health = new ClientHealth(0.12, 100_000, 900_000, 0.003, true, "");
    private ClientHealth healthOfWholeRun = health;
    private final List<LoopRecorder> recorders = new ArrayList<>();
    private Optional<MeasurementError.Sentinel> sentinel = Optional.empty();
    private int stale;
    private ServerWork work = ServerWork.unknown("the server's own counters were not read");
    private final List<String> notes = new ArrayList<>();
    private Set<Long> before = Set.of();

    public static Levels level(LoopRecorder... recorders) {
        Levels level = new Levels();
        level.recorders.addAll(Arrays.asList(recorders));
        return level;
    }

    public static Levels level(Requests... requests) {
        return level(recorder(requests));
    }

    public static Levels level(List<Requests> requests) {
        return level(requests.toArray(Requests[]::new));
    }

    static LoopRecorder recorder(Requests... requests) {
        return fill(new LoopRecorder(), Arrays.asList(requests));
    }

    /** Records the requests and, spread evenly between first and last token, their arrivals. */
    public static LoopRecorder fill(LoopRecorder recorder, List<Requests> requests) {
        for (int i = 0; i < requests.size(); i++) {
            RequestRecord record = requests.get(i).build(i);
            arrivals(recorder, record);
            recorder.ended(record);
        }
        return recorder;
    }

    private static void arrivals(LoopRecorder recorder, RequestRecord record) {
        int arrivals = record.tokens().arrivals();
        if (arrivals < 1 || record.times().firstToken() == RequestRecord.ABSENT) {
            return;
        }
        long from = record.times().firstToken();
        long span = record.times().lastToken() - from;
        long previous = RequestRecord.ABSENT;
        for (int i = 0; i < arrivals; i++) {
            long nanos = arrivals == 1 ? from : from + span * i / (arrivals - 1);
            recorder.arrival(
                    record.phase(),
                    nanos,
                    RequestRecord.between(previous, nanos),
                    record.tokens().events() / arrivals,
                    record.times().late().firstToken());
            previous = nanos;
        }
    }

    public Levels users(int value) {
        users = value;
        return this;
    }

    /** The load changes while it is measured. */
    public Levels changing() {
        steady = false;
        return this;
    }

    /** An open loop instead of users. */
    Levels perSecond(double rate) {
        perSecond = rate;
        return this;
    }

    public Levels window(double openMillis, double closeMillis) {
        open = openMillis;
        close = closeMillis;
        return this;
    }

    public Levels run(double fromMillis, double toMillis) {
        runFrom = fromMillis;
        runTo = toMillis;
        return this;
    }

    public Levels neverOpened() {
        windowOpened = false;
        return this;
    }

    public Levels health(ClientHealth value) {
        health = value;
        return this;
    }

    public Levels healthOfWholeRun(ClientHealth value) {
        healthOfWholeRun = value;
        return this;
    }

    /** What the sentinel saw. */
    public Levels sentinel(MeasurementError.Sentinel value) {
        sentinel = Optional.of(value);
        return this;
    }

    public Levels stale(int value) {
        stale = value;
        return this;
    }

    public Levels serverWork(ServerWork value) {
        work = value;
        return this;
    }

    Levels note(String sentence) {
        notes.add(sentence);
        return this;
    }

    public Levels promptsBefore(Long... identities) {
        before = Set.of(identities);
        return this;
    }

    public LevelRecording measurement() {
        Duration whole = Duration.ofNanos(at(runTo) - at(runFrom));
        return new LevelRecording(
                new Subject("Some#test", "http://host/v1/chat/completions", "m", false),
                perSecond > 0 ? Level.requestsPerSecond(perSecond) : Level.users(users),
                new LevelRecording.Claim(users, steady),
                recorders,
                new Window(Window.Kind.STEADY, at(open), at(close), whole, "requests sent"),
                windowOpened,
                new Window(Window.Kind.WHOLE_RUN, at(runFrom), at(runTo), whole, "requests sent"),
                new LevelRecording.Health(health, healthOfWholeRun, sentinel),
                stale,
                work,
                notes,
                Optional.empty());
    }

    public LoadResult assemble() {
        return LevelAssembler.assemble(measurement(), before);
    }

    public ValidityCheck check(String name) {
        return check(assemble(), name);
    }

    public static ValidityCheck check(LoadResult result, String name) {
        return result.validity().stream()
                .filter(check -> check.check().equals(name))
                .findFirst()
                .orElseThrow();
    }

    /** So many requests, 10 ms apart from the opening of the window on, all alike. */
    public static List<Requests> many(int count, UnaryOperator<Requests> shape) {
        List<Requests> requests = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            requests.add(shape.apply(Requests.sent(i * 10)));
        }
        return requests;
    }

    static double[] millis(LoadResult result, Metric metric) {
        return Arrays.stream(result.distribution(metric).sortedValues())
                .map(nanos -> nanos / 1e6)
                .toArray();
    }

    public static Requests rampIn(double sentMillis) {
        return Requests.sent(sentMillis).phase(Phase.RAMP_IN);
    }
}
