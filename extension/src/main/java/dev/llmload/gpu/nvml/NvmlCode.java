package dev.llmload.gpu.nvml;

/** What NVML's return codes mean for a user, and what follows from them. */
final class NvmlCode {
    static final int SUCCESS = 0;
    static final int UNINITIALIZED = 1;
    static final int INVALID_ARGUMENT = 2;
    static final int NOT_SUPPORTED = 3;
    static final int NO_PERMISSION = 4;
    static final int INSUFFICIENT_SIZE = 7;
    static final int FUNCTION_NOT_FOUND = 13;
    static final int GPU_IS_LOST = 15;
    static final int RESET_REQUIRED = 16;
    static final int NO_DATA = 21;
    static final int ARGUMENT_VERSION_MISMATCH = 25;
    static final int DEPRECATED = 26;
    static final int NOT_READY = 27;
    static final int GPU_NOT_FOUND = 28;

    static final String NO_LIBRARY =
            "there is no NVIDIA driver library here: this machine has no NVIDIA GPU, or this is"
                    + " a container that was started without the NVIDIA runtime (docker run --gpus all, with"
                    + " NVIDIA_DRIVER_CAPABILITIES holding utility)";

    private NvmlCode() {}

    /** Whether the device or the driver will never have what was asked for, so that asking again is of no use. */
    static boolean notThere(int code) {
        return switch (code) {
            case INVALID_ARGUMENT,
                    NOT_SUPPORTED,
                    NO_PERMISSION,
                    FUNCTION_NOT_FOUND,
                    ARGUMENT_VERSION_MISMATCH,
                    DEPRECATED -> true;
            default -> false;
        };
    }

    /** Whether the device is gone for good. */
    static boolean lost(int code) {
        return code == GPU_IS_LOST || code == RESET_REQUIRED || code == GPU_NOT_FOUND;
    }

    /** Whether there is nothing new since the last time. */
    static boolean notYet(int code) {
        return code == NO_DATA || code == NOT_READY;
    }

    /** A sentence without its full stop. */
    static String sentence(int code) {
        return switch (code) {
                    case UNINITIALIZED -> "NVML is not initialised (it was shut down)";
                    case INVALID_ARGUMENT -> "NVML did not accept an argument: this driver does not know the request";
                    case NOT_SUPPORTED -> "this GPU does not support it";
                    case NO_PERMISSION ->
                        "no permission: this user or container may not read it (device nodes /dev/nvidia*, cgroup rules)";
                    case 5 -> "NVML says that it was initialised before, which only very old drivers do";
                    case 6 -> "NVML found no such object";
                    case INSUFFICIENT_SIZE -> "NVML wants a larger buffer than was given";
                    case 8 -> "the GPU's external power cables are not attached properly";
                    case 9 ->
                        "the NVIDIA driver's library is here but its kernel module is not loaded: a CUDA image on a machine"
                                + " without a GPU, or a driver that was upgraded and not loaded (reboot)";
                    case 10 -> "the driver did not answer in time";
                    case 11 -> "the kernel reports an interrupt problem with a GPU";
                    case 12 -> NO_LIBRARY;
                    case FUNCTION_NOT_FOUND ->
                        "this driver's library does not have the function: the driver is too old for it";
                    case 14 -> "the GPU's infoROM is corrupted";
                    case GPU_IS_LOST ->
                        "the GPU is lost: it has fallen off the bus or cannot be reached (see dmesg for Xid errors)";
                    case RESET_REQUIRED -> "the GPU needs a reset before it can be used again";
                    case 17 ->
                        "the operating system blocks the GPU's device file (cgroup rules of a container, for example)";
                    case 18 ->
                        "the driver's library and its kernel module have different versions: the driver was upgraded without a"
                                + " reboot, or a container brings another library than the host's; reboot, or recreate the container";
                    case 19 -> "the GPU is in use by something that forbids this";
                    case 20 -> "NVML ran out of memory";
                    case NO_DATA -> "the driver has no data yet";
                    case 22 -> "not possible for a virtual GPU while ECC is on";
                    case 23 -> "the driver ran out of resources";
                    case 24 -> "the driver ran out of resources for clocks";
                    case ARGUMENT_VERSION_MISMATCH -> "this driver does not know that version of the request";
                    case DEPRECATED -> "this driver no longer answers that request";
                    case NOT_READY -> "the driver is not ready";
                    case GPU_NOT_FOUND -> "the driver finds no GPU any more";
                    case 29 -> "the GPU is in no state to answer";
                    case 30 -> "the GPU cannot be reset that way";
                    case 999 -> "the driver reports an internal error";
                    default -> "the driver reports an error that is unknown here";
                }
                + " (NVML error " + code + ")";
    }
}
