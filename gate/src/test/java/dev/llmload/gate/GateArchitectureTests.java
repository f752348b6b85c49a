package dev.llmload.gate;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.lang.conditions.ArchPredicates.are;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;

import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

/** The command line knows the front door and what runs load tests, and nothing else of the library. */
class GateArchitectureTests {
    @Test
    void theGateKnowsTheFrontDoorAndWhatRunsLoadTestsOnly() {
        classes()
                .that(are(resideInAPackage("dev.llmload.gate..")))
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(
                        "dev.llmload.gate..",
                        "dev.llmload.junit",
                        "dev.llmload.junit.run",
                        "java..",
                        "org.junit..",
                        "picocli..",
                        "org.apiguardian..",
                        "org.jspecify..")
                .check(new ClassFileImporter()
                        .withImportOption(new ImportOption.DoNotIncludeTests())
                        .importPackages("dev.llmload.gate"));
    }
}
