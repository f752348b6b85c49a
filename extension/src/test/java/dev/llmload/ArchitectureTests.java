package dev.llmload;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.equivalentTo;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackages;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.GeneralCodingRules.NO_CLASSES_SHOULD_ACCESS_STANDARD_STREAMS;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.library.dependencies.SliceAssignment;
import com.tngtech.archunit.library.dependencies.SliceIdentifier;
import dev.llmload.junit.AnswerCheck;
import dev.llmload.junit.LlmLoad;
import dev.llmload.junit.Reuse;
import dev.llmload.junit.run.LlmLoadExtension;
import dev.llmload.report.console.ProgressPrinter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.lang.reflect.WildcardType;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The package table: who lives where and may know whom. Arrows only go down. */
class ArchitectureTests {
    private static final String ROOT = "dev.llmload.";
    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("dev.llmload");

    private static final List<String> ALL = List.of(
            "result",
            "spi",
            "config",
            "exposition",
            "prompt",
            "protocol",
            "metric",
            "load",
            "analysis",
            "budget",
            "report",
            "allure",
            "gpu",
            "model",
            "simulator",
            "junit",
            "junit.declared",
            "junit.run");

    /** What may be known everywhere: what users write holds annotations, enums and interfaces, and knows {@code result} alone. */
    private static final String EVERYWHERE = "junit";

    /** Each package and those it may know; itself, {@link #EVERYWHERE} and the JDK are understood. */
    private static final Map<String, List<String>> MAY_KNOW = Map.ofEntries(
            Map.entry("result", List.of()),
            Map.entry("spi", List.of("result")),
            Map.entry("config", List.of()),
            Map.entry("exposition", List.of()),
            Map.entry("prompt", List.of("result", "spi")),
            Map.entry("protocol", List.of("result")),
            Map.entry("metric", List.of("result")),
            Map.entry("load", List.of("protocol", "prompt", "metric", "result", "exposition")),
            Map.entry("analysis", List.of("result")),
            Map.entry("budget", List.of("result", "analysis", "config")),
            Map.entry("report", List.of("result", "analysis", "budget", "spi", "exposition")),
            Map.entry("allure", List.of("report", "result", "analysis", "budget", "spi")),
            Map.entry("gpu", List.of("result", "spi", "exposition")),
            Map.entry("model", List.of("result")),
            Map.entry("simulator", List.of("result", "spi", "gpu", "config", "exposition")),
            Map.entry("junit", List.of("result")),
            Map.entry(
                    "junit.declared",
                    ALL.stream().filter(name -> !name.equals("junit.run")).toList()),
            Map.entry("junit.run", ALL));

    static List<String> packages() {
        return ALL;
    }

    @ParameterizedTest
    @MethodSource("packages")
    void aPackageKnowsOnlyThoseOfItsRow(String name) {
        String[] others = ALL.stream()
                .filter(other -> !other.equals(name)
                        && !MAY_KNOW.get(name).contains(other)
                        && (!other.equals(EVERYWHERE) || name.equals("result")))
                .map(ArchitectureTests::pattern)
                .toArray(String[]::new);
        if (others.length > 0) {
            noClasses()
                    .that(resideInAPackage(pattern(name)))
                    .and(not(equivalentTo(LlmLoad.class)))
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage(others)
                    .check(CLASSES);
        }
    }

    @Test
    void everyPackageHasARowInTheTable() {
        Set<String> found = new TreeSet<>();
        for (JavaClass type : CLASSES) {
            found.add(row(type));
        }
        assertThat(found).containsExactlyInAnyOrderElementsOf(ALL);
    }

    // The packages below `junit` have rows of their own, those below any other belong to its row.
    private static String pattern(String name) {
        return ROOT + name + (name.equals(EVERYWHERE) ? "" : "..");
    }

    private static String row(JavaClass type) {
        String rest = type.getPackageName().substring("dev.llmload".length());
        return rest.isEmpty()
                ? "(root)"
                : rest.startsWith("." + EVERYWHERE + ".")
                        ? rest.substring(1)
                        : rest.substring(1).split("\\.")[0];
    }

    /** JUnit finds the extension of an annotation by this arrow; nothing else of what users write points upward. */
    @Test
    void theOnlyArrowUpward_isTheExtensionOfLlmLoad() {
        assertThat(CLASSES.get(LlmLoad.class).getDirectDependenciesFromSelf().stream()
                        .map(dependency -> dependency.getTargetClass().getName())
                        .filter(name -> name.startsWith(ROOT))
                        .filter(name -> !name.matches("dev\\.llmload\\.junit\\.\\w+")))
                .containsOnly(LlmLoadExtension.class.getName());
    }

    @Test
    void aPackageHoldsNoMoreThanAReaderSeesAtOnce() {
        Map<String, Long> files = CLASSES.stream()
                .filter(type -> type.isTopLevelClass() && !type.getSimpleName().equals("package-info"))
                .collect(Collectors.groupingBy(JavaClass::getPackageName, Collectors.counting()));
        assertThat(files).allSatisfy((name, count) -> assertThat(count).as(name).isLessThanOrEqualTo(40));
    }

    @Test
    void theFrontDoorHoldsAnnotations_andTheTypesOfTheirMembers_andNothingElse() {
        Set<String> held = new TreeSet<>();
        Set<String> understood = new TreeSet<>();
        for (JavaClass type : CLASSES) {
            if (type.getPackageName().equals(ROOT + "junit")
                    && !type.getSimpleName().equals("package-info")) {
                held.add(type.getName());
            }
            if (type.getPackageName().equals(ROOT + "junit") && type.isAnnotation()) {
                understood.add(type.getName());
                Arrays.stream(type.reflect().getDeclaredMethods())
                        .flatMap(member -> named(member.getGenericReturnType()))
                        .filter(name -> name.startsWith(ROOT))
                        .forEach(understood::add);
            }
        }
        assertThat(held).isEqualTo(understood).contains(AnswerCheck.class.getName(), Reuse.class.getName());
    }

    /** So that whoever opens a package of the public API sees the API. Package-private types are its own matter. */
    @Test
    void aPackageThatUsersOpen_hasNoPublicTypeThatTheyMayNotName() {
        Set<String> opened = PublicSurface.types().stream()
                .map(type -> type.getPackageName())
                .collect(Collectors.toCollection(TreeSet::new));
        assertThat(opened).containsExactly(ROOT + "junit", ROOT + "result", ROOT + "simulator", ROOT + "spi");
        assertThat(PublicSurface.nameable()
                        .filter(type -> opened.contains(type.getPackageName()))
                        .filter(type -> !PublicSurface.isForUsers(type)))
                .isEmpty();
    }

    private static Stream<String> named(Type member) {
        return member instanceof ParameterizedType parameterized
                ? Arrays.stream(parameterized.getActualTypeArguments())
                        .flatMap(bound -> Arrays.stream(((WildcardType) bound).getUpperBounds()))
                        .map(Type::getTypeName)
                : Stream.of(member.getTypeName().replace("[]", ""));
    }

    /** The jar moves its engine to packages of its own: a type of it in an interface could not be implemented by anybody. */
    @Test
    void whatOthersImplementHasNoTypesOfTheEngine() {
        noClasses()
                .that(resideInAPackage(ROOT + "spi.."))
                .should()
                .dependOnClassesThat(resideOutsideOfPackages(
                        ROOT + "spi..", ROOT + "result..", "java..", "org.jspecify..", "org.apiguardian.."))
                .check(CLASSES);
    }

    @Test
    void noCycles() {
        slices().assignedFrom(new SliceAssignment() {
                    @Override
                    public SliceIdentifier getIdentifierOf(JavaClass type) {
                        return type.getPackageName().startsWith("dev.llmload")
                                ? SliceIdentifier.of(row(type))
                                : SliceIdentifier.ignore();
                    }

                    @Override
                    public String getDescription() {
                        return "rows of the package table";
                    }
                })
                .should()
                .beFreeOfCycles()
                .ignoreDependency(LlmLoad.class, LlmLoadExtension.class)
                .check(CLASSES);
    }

    /** Within {@code load} a level knows its plan, a plan what it sends, a request the wire; nothing knows those above. */
    @Test
    void aRequestKnowsNoPlan_andAPlanNoLevel() {
        Map<String, String[]> above = Map.of(
                "load.wire", new String[] {"load", "load.send..", "load.plan..", "load.health..", "load.preflight.."},
                "load.health", new String[] {"load", "load.send..", "load.plan..", "load.preflight.."},
                "load.send", new String[] {"load", "load.plan..", "load.preflight.."},
                "load.plan", new String[] {"load", "load.preflight.."});
        above.forEach((name, others) -> noClasses()
                .that()
                .resideInAPackage(ROOT + name)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(Arrays.stream(others).map(ROOT::concat).toArray(String[]::new))
                .check(CLASSES));
    }

    @Test
    void onlyLoadAndSimulatorTouchVertx() {
        only("io.vertx..", "load", "simulator");
        only("io.netty..", "load", "simulator");
    }

    @Test
    void onlyTheSimulatorHasACommandLine() {
        only("picocli..", "simulator");
    }

    @Test
    void onlyTheNvmlBindingTouchesJna() {
        only("com.sun.jna..", "gpu.nvml");
    }

    @Test
    void onlyOneClassTouchesBatik() {
        only("org.apache.batik..", "report");
        noClasses()
                .that()
                .doNotHaveFullyQualifiedName("dev.llmload.report.picture.BatikDrawing")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("org.apache.batik..")
                .check(CLASSES);
    }

    @Test
    void onlyAllureTouchesAllure() {
        only("io.qameta..", "allure");
    }

    @Test
    void onlyJunitTouchesJunit() {
        only("org.junit..", "junit");
        only("org.opentest4j..", "junit");
    }

    @Test
    void onlyAnalysisTouchesCommonsStatistics() {
        only("org.apache.commons..", "analysis");
    }

    /** One printer removes control characters, ends the line of progress first, and knows what the console can show. */
    @Test
    void onlyThePrinterTouchesTheStandardStreams() throws IOException {
        NO_CLASSES_SHOULD_ACCESS_STANDARD_STREAMS.check(CLASSES.that(
                not(equivalentTo(ProgressPrinter.class)).and(not(equivalentTo(dev.llmload.simulator.Main.class)))));

        // A module of its own, which these tests do not have on their class path: its start hands both streams on.
        assertThat(gateSources().filter(ArchitectureTests::namesAStream).map(Path::getFileName))
                .containsExactly(Path.of("Main.java"));
    }

    private static Stream<Path> gateSources() throws IOException {
        Path folder = Path.of("").toAbsolutePath();
        while (!Files.exists(folder.resolve("gate/src/main/java"))) {
            folder = folder.getParent();
        }
        try (Stream<Path> files = Files.walk(folder.resolve("gate/src/main/java"))) {
            return files.filter(file -> file.toString().endsWith(".java")).toList().stream();
        }
    }

    private static boolean namesAStream(Path source) {
        try {
            return Files.readString(source).matches("(?s).*(System\\.(out|err)\\b|printStackTrace\\(\\)).*");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The jar is made without them. */
    @Test
    void nothingTouchesThePartsOfCommonsMathThatAreLeftOut() {
        String[] leftOut = Stream.of(
                        "dfp",
                        "filter",
                        "genetics",
                        "geometry",
                        "ml",
                        "ode",
                        "optimization",
                        "primes",
                        "stat",
                        "transform")
                .map(name -> "org.apache.commons.math3." + name + "..")
                .toArray(String[]::new);
        noClasses().should().dependOnClassesThat().resideInAnyPackage(leftOut).check(CLASSES);
    }

    private static void only(String library, String... names) {
        String[] allowed = Arrays.stream(names).map(name -> ROOT + name + "..").toArray(String[]::new);
        var rule = noClasses().that(resideOutsideOfPackage(allowed[0]));
        for (int i = 1; i < allowed.length; i++) {
            rule = rule.and(resideOutsideOfPackage(allowed[i]));
        }
        rule.should().dependOnClassesThat().resideInAPackage(library).check(CLASSES);
    }
}
