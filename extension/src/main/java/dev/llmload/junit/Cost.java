package dev.llmload.junit;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.apiguardian.api.API;

/**
 * What the GPUs behind the endpoint cost, so that {@code cost_per_million} can be budgeted and the last invocation says
 * what an hour, a day, a data set and a stated demand come to. On a class it is the default of its methods; a nearer one
 * overrides member by member.
 *
 * <p>A million tokens cost GPUs × rate × hours / tokens × 10^6: input and output tokens of the successes with usage, and
 * all time of the level's window, also that in which the GPUs waited.
 *
 * @since 0.1
 */
@API(status = API.Status.STABLE, since = "0.1")
@Documented
@Inherited
@Target({ElementType.TYPE, ElementType.METHOD, ElementType.ANNOTATION_TYPE})
@Retention(RetentionPolicy.RUNTIME)
public @interface Cost {
    /** Price of one GPU for an hour, $: 2.30. Must be set, here or by its key. */
    double gpuRatePerHour() default 0;

    /** How many GPUs serve the endpoint, at least 1. */
    int gpus() default 1;

    /** How much work there is: {@code "100M tokens/day"} (input and output), {@code "40 requests/s"}; empty: unknown. */
    String demand() default "";

    /** Requests of a whole data set whose duration is wanted; 0 for none. */
    long dataset() default 0;
}
