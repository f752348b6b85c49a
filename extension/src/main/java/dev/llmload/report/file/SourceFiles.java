package dev.llmload.report.file;

import dev.llmload.report.file.GithubAnnotations.Place;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** Finds where a test is declared, by the layouts of Maven and Gradle. */
public final class SourceFiles {
    private static final List<String> ROOTS = List.of(
            "src/test/java",
            "src/test/kotlin",
            "src/it/java",
            "src/integrationTest/java",
            "src/integrationTest/kotlin",
            "src/main/java",
            "src/main/kotlin");

    private final Path module;
    private final Path repository;

    /**
     * For one module.
     *
     * @param module its folder
     * @param repository what places are relative to, if it is not the module itself
     */
    public SourceFiles(Path module, Optional<String> repository) {
        this.module = module.toAbsolutePath().normalize();
        this.repository = repository
                .filter(text -> !text.isBlank())
                .map(Path::of)
                .map(path -> path.toAbsolutePath().normalize())
                .filter(this.module::startsWith)
                .orElse(this.module);
    }

    /** Where a test such as {@code com.acme.ChatReleaseTest#chat} is declared; empty if its file is not here. */
    public Optional<Place> place(String test) {
        String type = test.substring(0, test.indexOf('#')).split("\\$", 2)[0].replace('.', '/');
        String method = test.substring(test.indexOf('#') + 1);
        for (String root : ROOTS) {
            Path file = module.resolve(root).resolve(type + (root.endsWith("kotlin") ? ".kt" : ".java"));
            if (Files.isRegularFile(file)) {
                return Optional.of(
                        new Place(repository.relativize(file).toString().replace('\\', '/'), line(file, method)));
            }
        }
        return Optional.empty();
    }

    // The first line that looks like the declaration; an inherited method has none here.
    private static int line(Path file, String method) {
        Pattern declaration = Pattern.compile("^\\s*(?:[\\w<>\\[\\],.]+\\s+)+" + Pattern.quote(method) + "\\s*\\(.*");
        try {
            List<String> lines = Files.readAllLines(file);
            for (int i = 0; i < lines.size(); i++) {
                if (declaration.matcher(lines.get(i)).matches() && !lines.get(i).contains("return ")) {
                    return i + 1;
                }
            }
        } catch (IOException e) {
            // Not text, or not readable: the file is named all the same.
            return 0;
        }
        return 0;
    }
}
