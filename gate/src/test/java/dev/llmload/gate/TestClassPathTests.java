package dev.llmload.gate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.llmload.junit.LlmLoad;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The class path that the option names: as {@code java -cp} takes it, and nothing of the gate's own JVM on it. */
class TestClassPathTests {
    private static final ClassLoader OWN = TestClassPathTests.class.getClassLoader();

    @TempDir
    Path folder;

    private final List<String> said = new ArrayList<>();

    private ClassLoader loader(String... args) {
        return TestClassPath.loader(args, OWN, said::add);
    }

    private Path jar(String name, String entry) throws IOException {
        Path jar = Files.createDirectories(folder.resolve("libs")).resolve(name);
        try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar))) {
            out.putNextEntry(new JarEntry(entry));
            out.closeEntry();
        }
        return jar;
    }

    @Test
    void withoutTheOption_theClassPathOfTheJvm() {
        assertThat(loader("--list", "--select", "com.acme.ChatGate")).isSameAs(OWN);
    }

    @Test
    void foldersJarsAndWildcards_asJavaTakesThem() throws IOException {
        Path first = jar("first.jar", "first.txt");
        jar("second.jar", "second.txt");
        Path classes = Files.createDirectories(folder.resolve("classes"));
        Files.writeString(classes.resolve("third.txt"), "");
        for (String path : new String[] {
            first + File.pathSeparator + first.resolveSibling("second.jar") + File.pathSeparator + classes,
            first.getParent() + "/*" + File.pathSeparator + classes
        }) {
            for (ClassLoader loader :
                    new ClassLoader[] {loader("--class-path", path, "--list"), loader("--list", "--class-path=" + path)
                    }) {
                assertThat(loader.getResource("first.txt")).isNotNull();
                assertThat(loader.getResource("second.txt")).isNotNull();
                assertThat(loader.getResource("third.txt")).isNotNull();
            }
        }
    }

    @Test
    void theGateIsThere_andNothingElseOfItsJvm() throws Exception {
        ClassLoader loader = loader("--class-path", folder.toString());
        assertThat(loader.loadClass(Main.class.getName()).getClassLoader()).isSameAs(loader);
        assertThatThrownBy(() -> loader.loadClass(LlmLoad.class.getName())).isInstanceOf(ClassNotFoundException.class);
    }

    @Test
    void aFolderThatDoesNotExist_isLeftOut_andSaid() throws IOException {
        Path classes = Files.createDirectories(folder.resolve("classes"));
        Files.writeString(classes.resolve("first.txt"), "");

        ClassLoader loader = loader("--class-path", "target/nowhere" + File.pathSeparator + classes);

        assertThat(loader.getResource("first.txt")).isNotNull();
        assertThat(said)
                .containsExactly("--class-path: there is no target/nowhere in "
                        + Path.of("").toAbsolutePath() + "; it is left out");
    }

    @Test
    void aJarThatDoesNotExist_isAnError() {
        assertThatThrownBy(() -> loader("--class-path", folder + File.pathSeparator + "libs/acme.jar"))
                .isInstanceOf(UsageException.class)
                .hasMessageContaining("--class-path: there is no libs/acme.jar in ");
    }

    @ParameterizedTest
    @CsvSource({"target/nowhere, target/nowhere", "target/nowhere:libs/*, 'target/nowhere, libs/*'"})
    void aClassPathOfWhichNothingExists_isAnError(String path, String missing) {
        assertThatThrownBy(() -> loader("--class-path", path.replace(":", File.pathSeparator)))
                .isInstanceOf(UsageException.class)
                .hasMessageContaining("--class-path: there is no " + missing + " in ")
                .hasMessageEndingWith("the tests must be compiled before");
        assertThat(said).isEmpty();
    }
}
