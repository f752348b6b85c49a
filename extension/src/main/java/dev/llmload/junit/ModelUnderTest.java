package dev.llmload.junit;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.apiguardian.api.API;

/**
 * What the model costs and what it runs on, so that {@code mfu}, {@code decode_mfu} and {@code mbu} can be budgeted. On a
 * class it is the default of its methods; a nearer one overrides member by member.
 *
 * <p>The cost comes from {@code flopsPerToken} if that is set, else from {@code parameters}, else from {@code config}. The
 * peak is {@code peakTflops} if that is set, else that of {@code device}, else that of the GPU which {@link GpuTelemetry}
 * watches. Nothing is guessed: an unknown architecture or device is refused, and says what to set.
 *
 * @since 0.1
 */
@API(status = API.Status.STABLE, since = "0.1")
@Documented
@Inherited
@Target({ElementType.TYPE, ElementType.METHOD, ElementType.ANNOTATION_TYPE})
@Retention(RetentionPolicy.RUNTIME)
public @interface ModelUnderTest {
    /**
     * The model's Hugging Face {@code config.json}: {@code classpath:…} or a file. If it does not say how the weights are
     * quantised, an {@code hf_quant_config.json} beside it does.
     */
    String config() default "";

    /** In which format its matrix products are computed; decides the device's peak. */
    ComputeType computeType() default ComputeType.AUTO;

    /** Parameters that take part in a token, 0 for unknown: {@code 8.03e9}. Attention is not counted then. */
    double parameters() default 0;

    /** FLOPs of a token, 0 for unknown. */
    double flopsPerToken() default 0;

    /** Bits of a key or value in the server's cache. */
    int kvCacheBits() default 16;

    /** Name of the GPUs, if no telemetry tells it: {@code "NVIDIA A40"}. */
    String device() default "";

    /** Dense peak of one GPU in {@code computeType}, without sparsity, in TFLOPS (TOPS); 0: from the table of devices. */
    double peakTflops() default 0;

    /** Memory bandwidth of one GPU in GB/s; 0: from the table of devices. */
    double bandwidthGBps() default 0;

    /** GPUs that serve the model; 0: as many as telemetry watches, else 1. */
    int gpus() default 0;
}
