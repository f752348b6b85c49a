package dev.llmload;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.source.tree.AnnotationTree;
import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.VariableTree;
import com.sun.source.util.DocTrees;
import com.sun.source.util.JavacTask;
import com.sun.source.util.TreePath;
import com.sun.source.util.TreePathScanner;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import javax.lang.model.element.Modifier;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;

/**
 * Every public type has Javadoc; in the packages that users name, so has every public member, and a record explains each of
 * its components.
 */
class JavadocTests {
    @Test
    void whatIsPublic_isDocumented() throws IOException {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        List<String> undocumented = new ArrayList<>();
        try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, null)) {
            JavacTask task = (JavacTask) compiler.getTask(
                    null, files, null, List.of("-proc:none"), null, files.getJavaFileObjectsFromPaths(sources()));
            DocTrees docs = DocTrees.instance(task);
            for (CompilationUnitTree unit : task.parse()) {
                new Scanner(docs, undocumented).scan(unit, null);
            }
        }
        assertThat(undocumented).isEmpty();
    }

    private static List<Path> sources() throws IOException {
        Path folder = Path.of("").toAbsolutePath();
        while (!Files.isDirectory(folder.resolve("extension"))) {
            folder = folder.getParent();
        }
        try (Stream<Path> files = Files.walk(folder.resolve("extension/src/main/java"))) {
            return files.filter(file -> file.toString().endsWith(".java")).toList();
        }
    }

    private static final Set<String> USERS_NAME =
            Set.of("dev.llmload.junit", "dev.llmload.result", "dev.llmload.simulator");

    private static final class Scanner extends TreePathScanner<Void, Void> {
        private final DocTrees docs;
        private final List<String> undocumented;

        Scanner(DocTrees docs, List<String> undocumented) {
            this.docs = docs;
            this.undocumented = undocumented;
        }

        @Override
        public Void visitClass(ClassTree type, Void unused) {
            boolean inInterface =
                    getCurrentPath().getParentPath().getLeaf() instanceof ClassTree outer && isInterface(outer);
            if (!inInterface && !isPublic(type.getModifiers().getFlags())) {
                return null;
            }
            String comment = comment(getCurrentPath());
            require(comment, type.getSimpleName().toString());
            if (usersNameIt() && type.getKind() == Tree.Kind.RECORD) {
                for (Tree member : type.getMembers()) {
                    if (member instanceof VariableTree field
                            && !field.getModifiers().getFlags().contains(Modifier.STATIC)
                            && (comment == null || !comment.contains("@param " + field.getName()))) {
                        undocumented.add(where() + type.getSimpleName() + ": @param " + field.getName());
                    }
                }
            }
            return super.visitClass(type, unused);
        }

        @Override
        public Void visitMethod(MethodTree method, Void unused) {
            ClassTree owner = (ClassTree) getCurrentPath().getParentPath().getLeaf();
            boolean visible =
                    isInterface(owner) || isPublic(method.getModifiers().getFlags());
            boolean inherited = method.getModifiers().getAnnotations().stream()
                    .map(AnnotationTree::getAnnotationType)
                    .anyMatch(name -> name.toString().equals("Override"));
            boolean compact =
                    owner.getKind() == Tree.Kind.RECORD && method.getName().contentEquals("<init>");
            if (usersNameIt() && visible && !inherited && !compact) {
                require(comment(getCurrentPath()), owner.getSimpleName() + "." + method.getName());
            }
            return null;
        }

        private boolean usersNameIt() {
            return USERS_NAME.contains(
                    getCurrentPath().getCompilationUnit().getPackageName().toString());
        }

        private static boolean isInterface(ClassTree type) {
            return type.getKind() == Tree.Kind.INTERFACE || type.getKind() == Tree.Kind.ANNOTATION_TYPE;
        }

        private static boolean isPublic(Set<Modifier> flags) {
            return flags.contains(Modifier.PUBLIC) || flags.contains(Modifier.PROTECTED);
        }

        private String comment(TreePath path) {
            return docs.getDocComment(path);
        }

        private void require(String comment, String what) {
            if (comment == null || comment.isBlank()) {
                undocumented.add(where() + what);
            }
        }

        private String where() {
            Path file = Path.of(
                    getCurrentPath().getCompilationUnit().getSourceFile().toUri());
            return file.getParent().getFileName() + "/" + file.getFileName() + " ";
        }
    }
}
