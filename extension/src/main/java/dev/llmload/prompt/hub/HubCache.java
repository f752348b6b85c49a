package dev.llmload.prompt.hub;

import dev.llmload.prompt.Content;
import dev.llmload.prompt.Part;
import dev.llmload.prompt.PromptFormat;
import dev.llmload.prompt.RecordSource;
import dev.llmload.prompt.SourceOptions;
import dev.llmload.prompt.SourcePass;
import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.function.Consumer;

/** Data sets that were read once: a file each, whole or not there, used from then on, online or not. */
public final class HubCache {
    private HubCache() {}

    /** The prompts of a data set; downloads it unless that was done before. */
    public static Part read(String spec, Hub hub, Consumer<Duration> sleep) {
        HubName name = HubName.parse(spec);
        Path file = hub.cache().resolve(name.fileName(hub.url().toString()));
        try {
            boolean cached = Files.isRegularFile(file);
            if (!cached) {
                download(name, hub, sleep, file);
            }
            RecordSource source = new RecordSource(
                    spec, Content.OnDisk.of(file), PromptFormat.JSONL, SourceOptions.NONE, "cached line");
            Part part = SourcePass.read(source);
            return cached ? part.noting(spec + " is from " + file + "; delete it to download it again") : part;
        } catch (IOException e) {
            throw name.refuse("the cache " + file.toAbsolutePath() + " (key llmload.hf.cache) cannot be used: " + e);
        }
    }

    private static void download(HubName name, Hub hub, Consumer<Duration> sleep, Path file) throws IOException {
        Files.createDirectories(hub.cache());
        Path part = Files.createTempFile(hub.cache(), "download", ".part");
        try {
            try (Writer out = Files.newBufferedWriter(part, StandardCharsets.UTF_8)) {
                new HubDownload(new HubClient(hub, name, sleep), hub, name).to(out);
            }
            Files.move(part, file, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(part);
        }
    }
}
