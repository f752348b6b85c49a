package dev.llmload.junit;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.apiguardian.api.API;

/**
 * Compares each level with what an earlier release came to, kept in a JSON file of the user's repository. Budgets may
 * then be shares of it: {@code ttft p95 <= 110% of baseline}.
 *
 * <p>{@code -Dllmload.baseline.mode=update} writes the run into the file when the test is over: in place of another
 * release's, or beside the runs of the same release. The file is replaced as a whole or not at all. Without it the run
 * is compared and the file is left alone.
 *
 * <p>The conditions must be the same (GPUs, load, prompts, token limit, temperature, extra body, kind of window,
 * simulated or not), else budgets "of baseline" are inconclusive and the differences are listed. The subject may be
 * another one (model, release, server, labels, host) and is listed as changed. Where prompts or answers have another
 * mean length, {@code e2e}, throughput, MFU and energy are not compared.
 *
 * <p>On a class it holds for its methods, nested and derived classes included; on a method it replaces that of the
 * class. Works as a meta-annotation.
 *
 * @since 0.1
 */
@API(status = API.Status.STABLE, since = "0.1")
@Documented
@Inherited
@Target({ElementType.TYPE, ElementType.METHOD, ElementType.ANNOTATION_TYPE})
@Retention(RetentionPolicy.RUNTIME)
public @interface Baseline {
    /** The file, relative to the working directory, which is the module's folder; to be put under version control. */
    String value() default "llm-load-baseline.json";
}
