package dev.llmload.report.file;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GitCommitTests {
    private static final String HASH = "0123456789abcdef0123456789abcdef01234567";

    @TempDir
    Path tree;

    private Path git;

    @BeforeEach
    void repository() throws IOException {
        git = Files.createDirectories(tree.resolve(".git"));
        write(git.resolve("HEAD"), "ref: refs/heads/main\n");
    }

    @Test
    void aBranch_isFollowed_fromAnyFolderBelow() throws IOException {
        write(git.resolve("refs/heads/main"), HASH + "\n");
        Path below = Files.createDirectories(tree.resolve("a/b"));

        assertThat(GitCommit.of(below)).contains(HASH);
    }

    @Test
    void aPackedBranch_isFound() throws IOException {
        write(
                git.resolve("packed-refs"),
                "# pack-refs with: peeled fully-peeled sorted\n" + HASH + " refs/heads/main\n");

        assertThat(GitCommit.of(tree)).contains(HASH);
    }

    @Test
    void aDetachedHead_isTheCommit() throws IOException {
        write(git.resolve("HEAD"), HASH + "\n");

        assertThat(GitCommit.of(tree)).contains(HASH);
    }

    @Test
    void aLinkedWorkTree_sharesTheBranchesOfItsRepository() throws IOException {
        write(git.resolve("refs/heads/side"), HASH + "\n");
        write(git.resolve("worktrees/side/HEAD"), "ref: refs/heads/side\n");
        write(git.resolve("worktrees/side/commondir"), "../..\n");
        Path linked = Files.createDirectories(tree.resolve("linked"));
        write(linked.resolve(".git"), "gitdir: " + git.resolve("worktrees/side") + "\n");

        assertThat(GitCommit.of(linked)).contains(HASH);
    }

    @Test
    void aRepositoryWithoutCommit_hasNone() {
        assertThat(GitCommit.of(tree)).isEmpty();
    }

    private static void write(Path file, String text) throws IOException {
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }
}
