package dev.llmload.gate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.llmload.junit.LlmLoad;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The class path that the option names: as {@code java -cp} takes it, and nothing of the gate's own JVM on it. */
class TestClassPathTests {
    private static final ClassLoader OWN = TestClassPathTests.class.getClassLoader();

    @TempDir
    Path folder;

    private static ClassLoader loader(String... args) {
        return TestClassPath.loader(args, OWN);
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
    void anEntryThatDoesNotExist_isNotLeftOutSilently() {
        assertThatThrownBy(() -> loader("--class-path", "target/nowhere"))
                .isInstanceOf(UsageException.class)
                .hasMessageContaining("--class-path: there is no target/nowhere in ")
                .hasMessageEndingWith("the tests must be compiled before");
    }
}
