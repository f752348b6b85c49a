package dev.llmload.prompt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.llmload.junit.Reuse;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Sources too large to be kept in memory. */
class LargePromptsTests {
    private static final int PROMPTS = 24_000;

    @TempDir
    Path folder;

    /** What a child with a small heap does: it checks the file named and draws each prompt of it once. */
    public static void main(String[] args) {
        Prompts prompts = Prompts.load(args[0], LargePromptsTests.class.getClassLoader());
        PromptSupply supply = new PromptSupply(prompts, Reuse.ALLOW, 42);
        long chars = 0;
        for (int i = 0; i < prompts.size(); i++) {
            chars += supply.next().messages().get(0).content().length();
        }
        System.out.println(prompts.size() + " prompts, " + chars + " characters");
    }

    // 2 kB each, 48 MB in all.
    private static String text(int i) {
        return "prompt " + i + " é " + "x".repeat(2_000 - Integer.toString(i).length());
    }

    private Path write(String ending, int count) throws IOException {
        Path file = folder.resolve("large" + ending);
        try (BufferedWriter out = Files.newBufferedWriter(file, StandardCharsets.UTF_8)) {
            out.write(ending.equals(".json") ? "[\n" : ending.equals(".csv") ? "id,prompt\n" : "");
            for (int i = 0; i < count; i++) {
                String text = text(i);
                out.write(
                        switch (ending) {
                            case ".txt" -> text + "\r\n";
                            case ".csv" -> i + ",\"" + text + "\"\n";
                            case ".json" -> (i == 0 ? "" : ",") + "\n{\"prompt\":\n\"" + text + "\"}";
                            default -> "{\"prompt\": \"" + text + "\"}\n";
                        });
            }
            out.write(ending.equals(".json") ? "]" : "");
        }
        return file;
    }

    @Test
    void aFileLargerThanTheHeap_isCheckedAndSent() throws IOException, InterruptedException {
        Path file = write(".jsonl", PROMPTS);
        assertThat(Files.size(file)).isGreaterThan(48_000_000);
        Path printed = folder.resolve("printed.txt");
        Process child = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx20m",
                        "-cp",
                        System.getProperty("java.class.path"),
                        LargePromptsTests.class.getName(),
                        file.toString())
                .redirectErrorStream(true)
                .redirectOutput(printed.toFile())
                .start();
        assertThat(child.waitFor()).as(Files.readString(printed)).isZero();
        long chars =
                IntStream.range(0, PROMPTS).mapToLong(i -> text(i).length()).sum();
        assertThat(Files.readString(printed).strip()).isEqualTo(PROMPTS + " prompts, " + chars + " characters");
    }

    @ParameterizedTest
    @ValueSource(strings = {".jsonl", ".json", ".csv", ".txt"})
    void eachForm_isReadPieceByPieceAsItWasChecked(String ending) throws IOException {
        Prompts prompts =
                Prompts.load(write(ending, 4_500).toString(), getClass().getClassLoader());
        assertThat(prompts.sources().get(0).store()).isInstanceOf(IndexedPrompts.class);
        assertThat(PromptFiles.texts(prompts))
                .isEqualTo(IntStream.range(0, 4_500)
                        .mapToObj(LargePromptsTests::text)
                        .toList());
    }

    @Test
    void shuffle_isTheOneOfASmallSource() throws IOException {
        Path file = write(".txt", 4_500);
        Prompts large = Prompts.load(file.toString(), getClass().getClassLoader());
        Prompts small = Prompts.load(file + "?limit=4500", getClass().getClassLoader());
        PromptSupply one = new PromptSupply(large, Reuse.UNIQUE_PREFIX, 42);
        PromptSupply other = new PromptSupply(small, Reuse.UNIQUE_PREFIX, 42);
        for (int i = 0; i < 5_000; i++) {
            PromptSupply.Draw draw = one.next();
            PromptSupply.Draw same = other.next();
            assertThat(draw.messages()).isEqualTo(same.messages());
            assertThat(draw.identity()).isEqualTo(same.identity());
            assertThat(draw.origin().index()).isEqualTo(same.origin().index());
        }
    }

    @Test
    void aFileThatChangesDuringTheRun_isFoundOut() throws IOException {
        Path file = write(".txt", 4_500);
        Prompts prompts = Prompts.load(file.toString(), getClass().getClassLoader());
        byte[] bytes = Files.readAllBytes(file);
        bytes[3_000] = 'y';
        Files.write(file, bytes);
        assertThat(prompts.get(0).messages().get(0).content()).isEqualTo(text(0));
        assertThatIllegalStateException()
                .isThrownBy(() -> prompts.get(1))
                .withMessageContaining("line 2: it is no longer what was checked before the load");
        Files.write(file, List.of());
        assertThatIllegalStateException().isThrownBy(() -> prompts.get(7)).withMessageContaining("line 8: ");
    }
}
