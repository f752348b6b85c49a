package dev.llmload.junit;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.apiguardian.api.API;

/**
 * What makes an answer good, for {@code goodput} and {@code good_fraction}, and what makes it right.
 *
 * <p>On a class it is the default of its methods, nested and derived classes included; a nearer one overrides member by
 * member, and a member that has its default value counts as not set. Works as a meta-annotation. Its members have the keys
 * {@code llmload.answer.good}, {@code llmload.answer.check} and {@code llmload.answer.checkShare}, which win over all
 * annotations.
 *
 * <pre>{@code
 * @LlmLoad(concurrency = 50)
 * @GoodAnswer({"ttft < 500 ms", "tpot < 50 ms"})
 * @Budget("good_fraction >= 95%")
 * void chat() {}
 * }</pre>
 *
 * @since 0.1
 */
@API(status = API.Status.STABLE, since = "0.1")
@Documented
@Inherited
@Target({ElementType.TYPE, ElementType.METHOD, ElementType.ANNOTATION_TYPE})
@Retention(RetentionPolicy.RUNTIME)
public @interface GoodAnswer {
    /**
     * Limits that a good answer holds, all of them: {@code metric comparator limit} in the words and units of budgets, without
     * a statistic, because each answer has one value. In an open loop times count from the scheduled instant. Empty: what a
     * good answer is remains undefined.
     */
    String[] value() default {};

    /**
     * Says of an answer whether it is right; a wrong one is a failed request ({@code WRONG_ANSWER}). The interface itself:
     * answers are not checked.
     */
    Class<? extends AnswerCheck> check() default AnswerCheck.class;

    /** Share of the requests whose answers {@link #check()} sees, above 0 and at most 1, chosen by {@link LlmRequest#seed()}. */
    double checkShare() default 0.1;
}
