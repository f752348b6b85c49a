package dev.llmload.junit;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Repeatable;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.apiguardian.api.API;

/**
 * A limit that every level of the load test has to hold: {@code "ttft p95 < 1500 ms"}, {@code "success_rate >= 99%"}.
 * Repeatable, and works as a meta-annotation, so that a team can write its own {@code @ChatSlo}.
 *
 * <p>Budgets of file ({@link BudgetFile}), class, method and key add up; of the same metric, statistic and level the nearer
 * wins (key, method, class, file). All budgets are evaluated before the test fails. A budget that cannot be decided makes the test
 * inconclusive; it never passes by silence. Unless a {@code success_rate} budget is declared,
 * {@code success_rate >= 99%} is implied.
 *
 * @since 0.1
 */
@API(status = API.Status.STABLE, since = "0.1")
@Documented
@Inherited
@Repeatable(Budgets.class)
@Target({ElementType.TYPE, ElementType.METHOD, ElementType.ANNOTATION_TYPE})
@Retention(RetentionPolicy.RUNTIME)
public @interface Budget {
    /** {@code metric [statistic] comparator limit}; a mistake is reported before any request is sent. */
    String value();

    /** Display names of the levels it holds for, such as {@code "100 users"}; empty: all. */
    String[] at() default {};

    /** Above 0 and below 1: judge with this statistical confidence instead of on the plain value; 0: off. */
    double confidence() default 0;
}
