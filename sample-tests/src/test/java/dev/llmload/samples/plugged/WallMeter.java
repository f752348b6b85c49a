package dev.llmload.samples.plugged;

import dev.llmload.result.GpuDevice;
import dev.llmload.result.GpuSample;
import dev.llmload.spi.GpuFacts;
import dev.llmload.spi.GpuReadings;
import dev.llmload.spi.TelemetrySource;
import dev.llmload.spi.TelemetrySourceProvider;
import dev.llmload.spi.TelemetryUnavailableException;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;

/** Power from a meter that answers with a number of watts: {@code @GpuTelemetry(source = "wall-meter")}. */
public class WallMeter implements TelemetrySourceProvider {
    @Override
    public String name() {
        return "wall-meter";
    }

    @Override
    public TelemetrySource open() throws TelemetryUnavailableException {
        String address = System.getProperty("wall-meter.url", "");
        if (address.isEmpty()) {
            throw new TelemetryUnavailableException("set -Dwall-meter.url=… to the address of the meter");
        }
        return new Source(
                HttpClient.newHttpClient(),
                HttpRequest.newBuilder(URI.create(address)).build());
    }

    private record Source(HttpClient client, HttpRequest request) implements TelemetrySource {
        @Override
        public String name() {
            return "wall-meter";
        }

        @Override
        public List<GpuFacts> devices() {
            return List.of(GpuFacts.of(new GpuDevice(0, "meter-0", "wall meter")));
        }

        @Override
        public void read(GpuReadings readings) {
            try {
                double watts = Double.parseDouble(
                        client.send(request, BodyHandlers.ofString()).body().strip());
                readings.sample(GpuSample.of(System.nanoTime(), "meter-0").withPowerWatts(watts));
            } catch (IOException | NumberFormatException e) {
                readings.missed("meter-0", "the meter gave no number: " + e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }

        @Override
        public void close() {}
    }
}
