package dev.llmload.report.picture;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ChartPngTests {
    private static String drawing() throws IOException {
        try (InputStream in = ChartPngTests.class.getResourceAsStream("/dev/llmload/report/sweep.svg")) {
            return new String(in.readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
        }
    }

    @Test
    void itIsTheSameDrawing_twiceAsLarge(@TempDir Path folder) throws IOException {
        Path file = folder.resolve("sweep.png");

        ChartPng.write(file, drawing());

        BufferedImage image = ImageIO.read(new ByteArrayInputStream(Files.readAllBytes(file)));
        assertThat(image.getWidth()).isEqualTo(2 * 1200);
        assertThat(image.getHeight()).isEqualTo(2 * 1012);
        assertThat(image.getRGB(3, 3)).as("white ground").isEqualTo(0xFFFFFFFF);
        assertThat(count(image, 0xFF0072B2)).as("blue line of TTFT p95").isGreaterThan(1000);
        assertThat(count(image, 0xFF009E73)).as("green bars").isGreaterThan(10_000);
    }

    @Test
    void aTextWithARim_isReadable() throws IOException {
        // Batik paints a rim over its text; drawn as it is, this one would be white on white.
        String svg = "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 100 40\" width=\"100\" height=\"40\">"
                + "<rect width=\"100%\" height=\"100%\" fill=\"#FFFFFF\"/><text x=\"5\" y=\"30\" font-size=\"20\""
                + " fill=\"#222222\" stroke=\"#FFFFFF\" stroke-width=\"3\" stroke-linejoin=\"round\""
                + " paint-order=\"stroke\">1458</text></svg>";

        BufferedImage image = ImageIO.read(new ByteArrayInputStream(BatikDrawing.png(svg)));

        assertThat(count(image, 0xFF222222)).isGreaterThan(200);
    }

    @Test
    void withoutBatik_itIsNotAvailable() throws Exception {
        URL classes = ChartPng.class.getProtectionDomain().getCodeSource().getLocation();
        try (URLClassLoader alone = new URLClassLoader(new URL[] {classes}, ClassLoader.getPlatformClassLoader())) {
            Class<?> type = alone.loadClass(ChartPng.class.getName());

            assertThat(type.getMethod("isAvailable").invoke(null)).isEqualTo(false);
        }
        assertThat(ChartPng.isAvailable()).isTrue();
    }

    private static long count(BufferedImage image, int colour) {
        long count = 0;
        for (int y = 0; y < image.getHeight(); y++) {
            for (int x = 0; x < image.getWidth(); x++) {
                count += image.getRGB(x, y) == colour ? 1 : 0;
            }
        }
        return count;
    }
}
