package dev.llmload.samples;

import dev.llmload.junit.Budget;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** A team's service level in one annotation, to put on any load test or class. */
@Target({ElementType.METHOD, ElementType.TYPE})
@Retention(RetentionPolicy.RUNTIME)
@Budget("ttft p95 < 800 ms")
@Budget("success_rate >= 99%")
@interface ChatSlo {}
