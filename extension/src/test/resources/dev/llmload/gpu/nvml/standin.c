/*
 * A stand-in for NVIDIA's management library: the symbols, structures and codes of nvml.h, for GPUs whose power is a
 * sinusoid and whose energy counter is that sinusoid's exact integral. Time stands still until a test moves it.
 *
 * -DDEVICES=8         so many GPUs instead of two
 * -DLIVE              time passes, and the GPUs have performance counters (GPM)
 * -DnvmlDeviceGetX=y  leaves a symbol out
 */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

typedef int nvmlReturn_t;
typedef struct { int index; } *nvmlDevice_t;
typedef struct { unsigned int gpu, memory; } nvmlUtilization_t;
typedef struct { unsigned long long total, free, used; } nvmlMemory_t;
typedef struct { unsigned int version; unsigned long long total, reserved, free, used; } nvmlMemory_v2_t;
typedef struct { unsigned int version, sensorType; int temperature; } nvmlTemperature_t;
typedef union { double d; unsigned int ui; unsigned long long ull; } nvmlValue_t;
typedef struct {
    unsigned int fieldId, scopeId;
    long long timestamp, latencyUsec;
    unsigned int valueType;
    nvmlReturn_t nvmlReturn;
    nvmlValue_t value;
} nvmlFieldValue_t;
typedef struct {
    unsigned int pid;
    unsigned long long usedGpuMemory;
    unsigned int gpuInstanceId, computeInstanceId;
} nvmlProcessInfo_t;
typedef struct { unsigned int version, isSupportedDevice; } nvmlGpmSupport_t;
typedef struct { int device; double seconds; } *nvmlGpmSample_t;
typedef struct {
    unsigned int metricId;
    nvmlReturn_t nvmlReturn;
    double value;
    struct { char *shortName, *longName, *unit; } metricInfo;
} nvmlGpmMetric_t;
typedef struct {
    unsigned int version, numMetrics;
    nvmlGpmSample_t sample1, sample2;
    nvmlGpmMetric_t metrics[333];
} nvmlGpmMetricsGet_t;

enum { OK = 0, UNINITIALIZED = 1, INVALID = 2, NOT_SUPPORTED = 3, TOO_SMALL = 7, LOST = 15, VERSION = 25 };
enum { FAILURES = 64 };

#ifndef DEVICES
#define DEVICES 2
#endif

static const char *names[2] = {"NVIDIA Stand-in 48GB", "NVIDIA Stand-in 80GB"};
static const double baseWatts[2] = {250, 400}, amplitudeWatts[2] = {60, 150}, periodSeconds[2] = {7, 3};

static struct { int index; } handles[DEVICES];
static struct { char symbol[64]; int device, code; } failures[FAILURES];
static int failing, initialised, shutdowns, devices = DEVICES, processes, mig, gpmSamples;
static long long now, lostAfter[DEVICES];
static unsigned long long reasons;

#ifdef LIVE
static int gpm = 1;

static long long clockNanos(void) {
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return t.tv_sec * 1000000000LL + t.tv_nsec;
}
#else
static int gpm;

static long long clockNanos(void) { return now; }
#endif

/* What a test does. */

void standin_reset(void) {
    failing = initialised = shutdowns = processes = mig = gpm = gpmSamples = 0;
    devices = DEVICES;
    now = 0;
    reasons = 0;
    memset(lostAfter, 0, sizeof lostAfter);
}

void standin_time(long long nanos) { now = nanos; }
void standin_lose(int device, long long nanos) { lostAfter[device] = nanos; }
void standin_devices(int count) { devices = count; }
void standin_processes(int count) { processes = count; }
void standin_mig(int on) { mig = on; }
void standin_gpm(int on) { gpm = on; }
void standin_reasons(long long mask) { reasons = (unsigned long long) mask; }
int standin_initialised(void) { return initialised; }
int standin_shutdowns(void) { return shutdowns; }
int standin_gpm_samples(void) { return gpmSamples; }

/* From now on a function fails; device -1 is any. Code 0 lets it work again. */
void standin_fail(const char *symbol, int device, int code) {
    for (int i = 0; i < failing; i++) {
        if (!strcmp(failures[i].symbol, symbol) && failures[i].device == device) {
            failures[i].code = code;
            return;
        }
    }
    strncpy(failures[failing].symbol, symbol, sizeof failures[0].symbol - 1);
    failures[failing].device = device;
    failures[failing++].code = code;
}

static int failure(const char *symbol, int device) {
    for (int i = 0; i < failing; i++) {
        if (!strcmp(failures[i].symbol, symbol) && (failures[i].device == -1 || failures[i].device == device)) {
            return failures[i].code;
        }
    }
    return OK;
}

static int entry(const char *symbol, nvmlDevice_t device) {
    if (initialised < 1) {
        return UNINITIALIZED;
    }
    int index = device ? device->index : -1;
    if (index >= 0 && lostAfter[index] && clockNanos() >= lostAfter[index]) {
        return LOST;
    }
    return failure(symbol, index);
}

#define ENTER(device) do { int code = entry(__func__, device); if (code) return code; } while (0)

static double seconds(void) { return clockNanos() / 1e9; }

static double omega(int i) { return 2 * 3.14159265358979323846 / periodSeconds[i % 2]; }

static double watts(int i) { return baseWatts[i % 2] + amplitudeWatts[i % 2] * sin(omega(i) * seconds()); }

static double joules(int i) {
    return 1e6 + baseWatts[i % 2] * seconds() + amplitudeWatts[i % 2] / omega(i) * (1 - cos(omega(i) * seconds()));
}

static nvmlReturn_t text(char *out, unsigned int length, const char *value) {
    if (length < strlen(value) + 1) {
        return TOO_SMALL;
    }
    strcpy(out, value);
    return OK;
}

/* NVML. */

nvmlReturn_t nvmlInit_v2(void) {
    int code = failure(__func__, -1);
    initialised += code == OK;
    return code;
}

nvmlReturn_t nvmlShutdown(void) {
    ENTER(NULL);
    initialised--;
    shutdowns++;
    return OK;
}

/* The function without a suffix is another, older one: whoever calls it counts one GPU too few. */
nvmlReturn_t nvmlDeviceGetCount(unsigned int *count) { *count = devices - 1; return OK; }

nvmlReturn_t nvmlDeviceGetCount_v2(unsigned int *count) { ENTER(NULL); *count = devices; return OK; }

nvmlReturn_t nvmlSystemGetDriverVersion(char *version, unsigned int length) {
    ENTER(NULL);
    return text(version, length, "570.00-standin");
}

nvmlReturn_t nvmlDeviceGetHandleByIndex_v2(unsigned int index, nvmlDevice_t *device) {
    handles[index].index = (int) index;
    *device = (nvmlDevice_t) &handles[index];
    int code = entry(__func__, *device);
    return code;
}

nvmlReturn_t nvmlDeviceGetName(nvmlDevice_t device, char *name, unsigned int length) {
    ENTER(device);
    return text(name, length, names[device->index % 2]);
}

nvmlReturn_t nvmlDeviceGetUUID(nvmlDevice_t device, char *uuid, unsigned int length) {
    ENTER(device);
    char value[48];
    snprintf(value, sizeof value, "GPU-00000000-0000-0000-0000-00000000000%x", device->index + 10);
    return text(uuid, length, value);
}

nvmlReturn_t nvmlDeviceGetMigMode(nvmlDevice_t device, unsigned int *current, unsigned int *pending) {
    ENTER(device);
    *current = mig;
    *pending = 1 - mig;
    return OK;
}

/* A mean over the last second, as most GPUs since Ampere give it; here simply too low. */
nvmlReturn_t nvmlDeviceGetPowerUsage(nvmlDevice_t device, unsigned int *milliwatts) {
    ENTER(device);
    *milliwatts = (unsigned int) llround(1000 * (watts(device->index) - 10));
    return OK;
}

nvmlReturn_t nvmlDeviceGetFieldValues(nvmlDevice_t device, int count, nvmlFieldValue_t *values) {
    ENTER(device);
    for (int i = 0; i < count; i++) {
        values[i].nvmlReturn = failure("field", device->index);
        if (values[i].fieldId != 186 || values[i].scopeId != 0) {
            values[i].nvmlReturn = INVALID;
        }
        values[i].timestamp = values[i].latencyUsec = -1;
        values[i].valueType = 1;
        values[i].value.ull = 0xffffffff00000000ULL | (unsigned int) llround(1000 * watts(device->index));
    }
    return OK;
}

nvmlReturn_t nvmlDeviceGetTotalEnergyConsumption(nvmlDevice_t device, unsigned long long *millijoules) {
    ENTER(device);
    *millijoules = (unsigned long long) llround(1000 * joules(device->index));
    return OK;
}

nvmlReturn_t nvmlDeviceGetEnforcedPowerLimit(nvmlDevice_t device, unsigned int *milliwatts) {
    ENTER(device);
    *milliwatts = device->index ? 600000 : 300000;
    return OK;
}

nvmlReturn_t nvmlDeviceGetPowerManagementDefaultLimit(nvmlDevice_t device, unsigned int *milliwatts) {
    ENTER(device);
    *milliwatts = device->index ? 700000 : 300000;
    return OK;
}

nvmlReturn_t nvmlDeviceGetUtilizationRates(nvmlDevice_t device, nvmlUtilization_t *utilization) {
    ENTER(device);
    utilization->gpu = 97 + device->index;
    utilization->memory = 41 + device->index;
    return OK;
}

nvmlReturn_t nvmlDeviceGetMemoryInfo_v2(nvmlDevice_t device, nvmlMemory_v2_t *memory) {
    ENTER(device);
    if (memory->version != (sizeof *memory | 2 << 24)) {
        return VERSION;
    }
    memory->total = 48000000000ULL;
    memory->reserved = 500000000ULL;
    memory->free = 8500000000ULL;
    memory->used = 39000000000ULL;
    return OK;
}

nvmlReturn_t nvmlDeviceGetMemoryInfo(nvmlDevice_t device, nvmlMemory_t *memory) {
    ENTER(device);
    memory->total = 48000000000ULL;
    memory->free = 8500000000ULL;
    memory->used = 39500000000ULL;
    return OK;
}

nvmlReturn_t nvmlDeviceGetTemperatureV(nvmlDevice_t device, nvmlTemperature_t *temperature) {
    ENTER(device);
    if (temperature->version != (sizeof *temperature | 1 << 24)) {
        return VERSION;
    }
    temperature->temperature = 61 + device->index;
    return OK;
}

nvmlReturn_t nvmlDeviceGetTemperature(nvmlDevice_t device, unsigned int sensor, unsigned int *celsius) {
    ENTER(device);
    if (sensor != 0) {
        return INVALID;
    }
    *celsius = 71 + device->index;
    return OK;
}

nvmlReturn_t nvmlDeviceGetClockInfo(nvmlDevice_t device, unsigned int type, unsigned int *mhz) {
    ENTER(device);
    *mhz = type == 1 ? 1600 : type == 2 ? 7000 : 1;
    return OK;
}

nvmlReturn_t nvmlDeviceGetMaxClockInfo(nvmlDevice_t device, unsigned int type, unsigned int *mhz) {
    ENTER(device);
    *mhz = type == 1 ? 1740 : type == 2 ? 7251 : 2;
    return OK;
}

nvmlReturn_t nvmlDeviceGetCurrentClocksEventReasons(nvmlDevice_t device, unsigned long long *mask) {
    ENTER(device);
    *mask = reasons;
    return OK;
}

nvmlReturn_t nvmlDeviceGetCurrentClocksThrottleReasons(nvmlDevice_t device, unsigned long long *mask) {
    ENTER(device);
    *mask = 8;
    return OK;
}

nvmlReturn_t nvmlDeviceGetComputeRunningProcesses_v3(nvmlDevice_t device, unsigned int *count, nvmlProcessInfo_t *infos) {
    ENTER(device);
    unsigned int room = *count;
    *count = processes;
    if (room < (unsigned int) processes) {
        return TOO_SMALL;
    }
    for (int i = 0; i < processes; i++) {
        infos[i].pid = 1000 + i;
        infos[i].usedGpuMemory = i ? 1000000ULL * i : (unsigned long long) -1;
    }
    return OK;
}

nvmlReturn_t nvmlGpmQueryDeviceSupport(nvmlDevice_t device, nvmlGpmSupport_t *support) {
    ENTER(device);
    if (support->version != 1) {
        return VERSION;
    }
    support->isSupportedDevice = gpm;
    return OK;
}

nvmlReturn_t nvmlGpmSampleAlloc(nvmlGpmSample_t *sample) {
    ENTER(NULL);
    *sample = calloc(1, sizeof **sample);
    gpmSamples++;
    return OK;
}

nvmlReturn_t nvmlGpmSampleFree(nvmlGpmSample_t sample) {
    ENTER(NULL);
    free(sample);
    gpmSamples--;
    return OK;
}

nvmlReturn_t nvmlGpmSampleGet(nvmlDevice_t device, nvmlGpmSample_t sample) {
    ENTER(device);
    sample->device = device->index;
    sample->seconds = seconds();
    return OK;
}

/* 30 % in the first ten seconds, 60 % after them. */
static double tensorSeconds(double t) { return t < 10 ? 0.3 * t : 3 + 0.6 * (t - 10); }

nvmlReturn_t nvmlGpmMetricsGet(nvmlGpmMetricsGet_t *get) {
    ENTER(NULL);
    if (get->version != 1) {
        return VERSION;
    }
    double elapsed = get->sample2->seconds - get->sample1->seconds;
    for (unsigned int i = 0; i < get->numMetrics; i++) {
        nvmlGpmMetric_t *metric = &get->metrics[i];
        metric->nvmlReturn = metric->metricId != 5 ? INVALID : elapsed < 0.1 ? 27 : OK;
        metric->value = 100 * (tensorSeconds(get->sample2->seconds) - tensorSeconds(get->sample1->seconds)) / elapsed;
    }
    return OK;
}
