package dev.llmload.junit.declared;

import dev.llmload.junit.ComputeType;
import dev.llmload.model.ModelCost;

/**
 * What the model costs and runs on, as far as it was declared.
 *
 * @param cost of the model
 * @param computeType AUTO if neither the annotation nor the model says
 * @param device name of the GPUs, or empty
 * @param peakTflops of one GPU, 0 for the table's
 * @param bandwidthGBps of one GPU, 0 for the table's
 * @param gpus how many, 0 for as many as are watched
 */
public record ModelSettings(
        ModelCost cost, ComputeType computeType, String device, double peakTflops, double bandwidthGBps, int gpus) {}
