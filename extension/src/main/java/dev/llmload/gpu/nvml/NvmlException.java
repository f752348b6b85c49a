package dev.llmload.gpu.nvml;

/** A function of NVML did not return success. */
final class NvmlException extends Exception {
    private static final long serialVersionUID = 1L;

    private final int code;

    NvmlException(String function, int code) {
        super(function + ": " + NvmlCode.sentence(code), null, false, false);
        this.code = code;
    }

    int code() {
        return code;
    }
}
