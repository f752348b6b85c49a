package dev.llmload.junit;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.apiguardian.api.API;

/**
 * Watches the GPUs of this host, or those of a DCGM exporter, while load is offered, so that {@code power}, {@code energy}, {@code joules_per_token},
 * {@code gpu_util}, {@code gpu_memory} and {@code gpu_temperature} can be budgeted and {@link ModelUnderTest} knows which
 * device it is about. On a class it is the default of its methods; a nearer one overrides member by member.
 *
 * <p>With the simulator it is always the simulated GPU. If the endpoint is on another host and {@link #dcgm()}
 * is not set there is none, and budgets on
 * its metrics are NOT_MEASURED. Readings are taken by a thread of their own and delay no request.
 *
 * @since 0.1
 */
@API(status = API.Status.STABLE, since = "0.1")
@Documented
@Inherited
@Target({ElementType.TYPE, ElementType.METHOD, ElementType.ANNOTATION_TYPE})
@Retention(RetentionPolicy.RUNTIME)
public @interface GpuTelemetry {
    /**
     * Where the readings come from: {@code auto} (NVML, then nvidia-smi; the run says which and why), {@code nvml},
     * {@code nvidia-smi} (a child process for each reading), {@code none}, or the name of a
     * {@link dev.llmload.spi.TelemetrySourceProvider} on the class path, which may read GPUs of any host.
     */
    String source() default "auto";

    /**
     * The page of a DCGM exporter, {@code http://gpu-host:9400/metrics}: for GPUs on another host, and instead of any source
     * of this one. Empty: none.
     */
    String dcgm() default "";

    /** {@code true}: without telemetry the test fails before any load is offered. */
    boolean required() default false;

    /** From one reading to the next, at least 100 ms. */
    String period() default "200ms";

    /**
     * Indices or UUIDs of the GPUs that serve the model; empty: those on which something computes. Where {@link #dcgm()} shows
     * several hosts they must be named: {@code "gpu-1"} for all of a host, {@code "gpu-1/0"} for one, or by UUID.
     */
    String[] devices() default {};

    /** Path of NVML's library, if it is not where it usually is. */
    String library() default "";

    /**
     * {@code true}: on a GPU that is split into instances (MIG), power, energy, utilisation and MFU are taken as they are,
     * although they are those of the whole board.
     */
    boolean mig() default false;
}
