package dev.llmload.report.file;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;

/** The commit that is checked out, read from the files of {@code .git}; runs no program. */
public final class GitCommit {
    private static final String REF = "ref: ";

    private GitCommit() {}

    /**
     * The commit of the work tree that a folder lies in.
     *
     * @param folder where to look, and in every folder above it
     * @return 40 or 64 hex digits; empty where there is no repository or no commit yet
     */
    public static Optional<String> of(Path folder) {
        try {
            for (Path at = folder.toAbsolutePath().normalize(); at != null; at = at.getParent()) {
                Path git = at.resolve(".git");
                if (Files.isDirectory(git)) {
                    return head(git);
                }
                if (Files.isRegularFile(git)) { // a linked work tree or a submodule
                    String text = Files.readString(git).strip();
                    return text.startsWith("gitdir: ") ? head(at.resolve(text.substring(8))) : Optional.empty();
                }
            }
        } catch (IOException | InvalidPathException unreadable) {
            return Optional.empty(); // a commit is good to know, and no reason to lose a run
        }
        return Optional.empty();
    }

    private static Optional<String> head(Path git) throws IOException {
        String head = Files.readString(git.resolve("HEAD")).strip();
        if (!head.startsWith(REF)) {
            return hash(head);
        }
        String name = head.substring(REF.length());
        Path shared = Files.isRegularFile(git.resolve("commondir"))
                ? git.resolve(Files.readString(git.resolve("commondir")).strip())
                        .normalize()
                : git;
        for (Path place : new Path[] {git, shared}) {
            if (Files.isRegularFile(place.resolve(name))) {
                return hash(Files.readString(place.resolve(name)).strip());
            }
        }
        Path packed = shared.resolve("packed-refs");
        if (!Files.isRegularFile(packed)) {
            return Optional.empty();
        }
        return Files.readAllLines(packed).stream()
                .filter(line -> line.endsWith(" " + name))
                .findFirst()
                .flatMap(line -> hash(line.substring(0, line.indexOf(' '))));
    }

    private static Optional<String> hash(String text) {
        return text.matches("[0-9a-f]{40}([0-9a-f]{24})?") ? Optional.of(text) : Optional.empty();
    }
}
