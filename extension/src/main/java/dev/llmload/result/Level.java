package dev.llmload.result;

import dev.llmload.result.text.CountText;
import java.math.BigDecimal;
import org.apiguardian.api.API;

/**
 * One level of load of a test.
 *
 * @param name the display name, which {@code @Budget(at = …)} refers to: {@code "100 users"}, {@code "0.5 req/s"},
 *     {@code "10 → 100 users"}
 * @param kind what is offered
 * @param offered how much of it: users of a closed loop, at least 1, or requests per second of an open one, above 0; of a load
 *     that changes over the level's window, the mean
 * @since 0.1
 */
@API(status = API.Status.STABLE, since = "0.1")
public record Level(String name, Kind kind, double offered) {
    /** What a level offers. */
    public enum Kind {
        /** Closed loop: so many users, each of which waits for its answer before it asks again. */
        USERS("users", "user", false),
        /** Open loop: so many requests per second, whether or not earlier ones were answered. */
        REQUESTS_PER_SECOND("req/s", "req/s", true);

        private final String unit;
        private final String one;
        private final boolean scheduled;

        Kind(String unit, String one, boolean scheduled) {
            this.unit = unit;
            this.one = one;
            this.scheduled = scheduled;
        }

        /** The unit of {@link Level#offered()}, as the budget grammar has it. */
        public String unit() {
            return unit;
        }

        /** The unit of one more, as in "tok/s per added user". */
        public String one() {
            return one;
        }
    }

    /** The closed-loop level of so many users. */
    public static Level users(int concurrency) {
        return new Level(CountText.of(concurrency, "user"), Kind.USERS, concurrency);
    }

    /** The open-loop level of so many requests per second. */
    public static Level requestsPerSecond(double rate) {
        return new Level(plain(rate) + " req/s", Kind.REQUESTS_PER_SECOND, rate);
    }

    /** Whether requests come by a schedule of their own, and their latencies are judged from the scheduled instant. */
    public boolean isOpen() {
        return kind.scheduled;
    }

    /** How much is offered, without unit: {@code 100}, {@code 0.5}. */
    public String amount() {
        return plain(offered);
    }

    /**
     * Which values of the requests a metric of this level is made of. In open loop what a user feels counts from the
     * scheduled instant, so that waiting to be sent is part of it; in closed loop a user sends when it is free, and feels
     * what the endpoint did.
     *
     * @return {@code service_ttft} for {@code ttft} of a closed loop, and so on; else the same
     */
    public Metric valuesOf(Metric metric) {
        return isOpen() ? metric : metric.serviceForm().orElse(metric);
    }

    /** Whether outputs show a metric: what the endpoint alone did stands beside what the user felt only where they differ. */
    public boolean shows(Metric metric) {
        return isOpen() || !metric.isServiceForm();
    }

    private static String plain(double value) {
        return BigDecimal.valueOf(value).stripTrailingZeros().toPlainString();
    }
}
