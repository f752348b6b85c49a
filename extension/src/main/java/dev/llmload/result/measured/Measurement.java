package dev.llmload.result.measured;

import dev.llmload.result.Distribution;
import dev.llmload.result.GpuMeasurement;
import dev.llmload.result.Level;
import dev.llmload.result.LoadResult;
import dev.llmload.result.MeasurementError;
import dev.llmload.result.Metric;
import dev.llmload.result.Quantity;
import dev.llmload.result.RequestCounts;
import dev.llmload.result.ServerMeasurement;
import dev.llmload.result.Subject;
import dev.llmload.result.TimelinePoint;
import dev.llmload.result.TokenCounts;
import dev.llmload.result.ValidityCheck;
import dev.llmload.result.Window;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A {@link LoadResult} as it is made. Immutable and safe for use by any thread. */
public final class Measurement implements LoadResult {
    private static final String UNKNOWN = "this run does not measure it";

    private final Subject subject;
    private final Level level;
    private final Window window;
    private final RequestCounts requests;
    private final TokenCounts tokens;
    private final double inFlightMean;
    private final Map<Metric, Distribution> distributions;
    private final Map<Metric, Quantity> quantities;
    private final List<ValidityCheck> validity;
    private final List<TimelinePoint> timeline;
    private final List<String> notes;
    private final Optional<GpuMeasurement> gpu;
    private final Optional<ServerMeasurement> server;
    private final Optional<String> aborted;
    private final MeasurementError error;

    private Measurement(Builder from) {
        this.subject = from.subject;
        this.level = from.level;
        this.window = from.window;
        this.requests = from.requests;
        this.tokens = from.tokens;
        this.inFlightMean = from.inFlightMean;
        this.distributions = new EnumMap<>(from.distributions);
        this.quantities = new EnumMap<>(from.quantities);
        this.validity = List.copyOf(from.validity.values());
        this.timeline = List.copyOf(from.timeline);
        this.notes = List.copyOf(from.notes);
        this.gpu = from.gpu;
        this.server = from.server;
        this.aborted = from.aborted;
        this.error = from.error;
    }

    /**
     * A result of which nothing else is known yet: no requests, no metrics, a window without length.
     *
     * @param subject whose level it is
     * @param level which level
     */
    public static Builder of(Subject subject, Level level) {
        return new Builder(subject, level);
    }

    /** All that a result says, to say more. */
    public static Builder from(LoadResult result) {
        Builder made = new Builder(result.subject(), result.level())
                .window(result.window())
                .requests(result.requests())
                .tokens(result.tokens())
                .inFlightMean(result.inFlightMean())
                .timeline(result.timeline())
                .notes(result.notes());
        for (Metric metric : Metric.values()) {
            if (metric.isDistribution()) {
                made.distribution(metric, result.distribution(metric));
            } else {
                made.quantity(result.quantity(metric));
            }
        }
        made.checks(result.validity());
        made.gpu = result.gpu();
        made.server = result.server();
        made.aborted = result.aborted();
        made.error = result.error();
        return made;
    }

    @Override
    public Subject subject() {
        return subject;
    }

    @Override
    public Level level() {
        return level;
    }

    @Override
    public Window window() {
        return window;
    }

    @Override
    public RequestCounts requests() {
        return requests;
    }

    @Override
    public TokenCounts tokens() {
        return tokens;
    }

    @Override
    public MeasurementError error() {
        return error;
    }

    @Override
    public Optional<String> aborted() {
        return aborted;
    }

    @Override
    public double inFlightMean() {
        return inFlightMean;
    }

    @Override
    public List<ValidityCheck> validity() {
        return validity;
    }

    @Override
    public List<TimelinePoint> timeline() {
        return timeline;
    }

    @Override
    public List<String> notes() {
        return notes;
    }

    @Override
    public Optional<GpuMeasurement> gpu() {
        return gpu;
    }

    @Override
    public Optional<ServerMeasurement> server() {
        return server;
    }

    @Override
    public Distribution distribution(Metric metric) {
        if (!metric.isDistribution()) {
            throw new IllegalArgumentException(metric.word() + " is one number, not a distribution");
        }
        Distribution known = distributions.get(metric);
        return known != null ? known : Values.absent(UNKNOWN);
    }

    @Override
    public Quantity quantity(Metric metric) {
        if (metric.isDistribution()) {
            throw new IllegalArgumentException(metric.word() + " is a distribution, not one number");
        }
        Quantity known = quantities.get(metric);
        return known != null ? known : Quantity.absent(metric, UNKNOWN);
    }

    @Override
    public String toString() {
        return subject.test() + " @ " + level.name() + ": " + requests.succeeded() + "/" + requests.attempted()
                + " successful";
    }

    /** Puts a result together. Confined to one thread. */
    public static final class Builder {
        private final Subject subject;
        private final Level level;
        private Window window = new Window(Window.Kind.STEADY, 0, 0, Duration.ZERO, "");
        private RequestCounts requests = RequestCounts.NONE;
        private TokenCounts tokens = TokenCounts.NONE;
        private double inFlightMean;
        private final Map<Metric, Distribution> distributions = new EnumMap<>(Metric.class);
        private final Map<Metric, Quantity> quantities = new EnumMap<>(Metric.class);
        private final Map<String, ValidityCheck> validity = new LinkedHashMap<>();
        private List<TimelinePoint> timeline = List.of();
        private final List<String> notes = new ArrayList<>();
        private Optional<GpuMeasurement> gpu = Optional.empty();
        private Optional<ServerMeasurement> server = Optional.empty();
        private Optional<String> aborted = Optional.empty();
        private MeasurementError error = MeasurementError.NONE;

        private Builder(Subject subject, Level level) {
            this.subject = subject;
            this.level = level;
        }

        /** Where the numbers come from. */
        public Builder window(Window value) {
            window = value;
            return this;
        }

        /** What became of the requests. */
        public Builder requests(RequestCounts value) {
            requests = value;
            return this;
        }

        /** What the usage said. */
        public Builder tokens(TokenCounts value) {
            tokens = value;
            return this;
        }

        /** Time-weighted mean of the requests in flight in the window. */
        public Builder inFlightMean(double value) {
            inFlightMean = value;
            return this;
        }

        /** One distribution; takes the place of what is known of its metric. A metric that has none is absent. */
        public Builder distribution(Metric metric, Distribution values) {
            distributions.put(metric, values);
            return this;
        }

        /** The same with several. */
        public Builder distributions(Map<Metric, ? extends Distribution> values) {
            distributions.putAll(values);
            return this;
        }

        /** One number; takes the place of what is known of its metric. A metric that has none is absent. */
        public Builder quantity(Quantity value) {
            quantities.put(value.metric(), value);
            return this;
        }

        /** The same with several. */
        public Builder quantities(Map<Metric, Quantity> values) {
            quantities.putAll(values);
            return this;
        }

        /** What the level says about its own measurement; takes the place of the check of its name, or comes last. */
        public Builder check(ValidityCheck value) {
            validity.put(value.check(), value);
            return this;
        }

        /** The same with several. */
        public Builder checks(List<ValidityCheck> values) {
            values.forEach(this::check);
            return this;
        }

        /** By how much the numbers may be wrong through the client's own doing. */
        public Builder error(MeasurementError value) {
            error = value;
            return this;
        }

        /** One entry per stretch of time. */
        public Builder timeline(List<TimelinePoint> value) {
            timeline = value;
            return this;
        }

        /** What a reader should know besides, one sentence each. */
        public Builder notes(List<String> more) {
            notes.addAll(more);
            return this;
        }

        /** What the GPUs did meanwhile, if they were watched. */
        public Builder gpu(Optional<GpuMeasurement> value) {
            gpu = value;
            return this;
        }

        /** What the server said of itself meanwhile, if it did. */
        public Builder server(Optional<ServerMeasurement> value) {
            server = value;
            return this;
        }

        /**
         * The level stopped sending before its end, because it was a lost cause; a note says so.
         *
         * @param reason what was seen, and what it was held against
         */
        public Builder aborted(String reason) {
            aborted = Optional.of(reason);
            return notes(List.of("aborted: " + reason));
        }

        /** The result. */
        public LoadResult build() {
            return new Measurement(this);
        }
    }
}
