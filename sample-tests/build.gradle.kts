// The same gates in a Gradle build; checked by reading Gradle's documentation, not by running it.
//   gradle test      unit tests: offers no load
//   gradle llmGate   the gates: -Dllmload.url=http://gpu-host:8000 and every other -Dllmload.… reach them
plugins {
    java
}

repositories {
    mavenLocal() // while there is no release: mvn -DskipTests install puts it there
    mavenCentral()
}

dependencies {
    testImplementation(platform("dev.llmload:llm-load-bom:0.1.0-SNAPSHOT"))
    testImplementation(platform("org.junit:junit-bom:5.12.2"))
    testImplementation("dev.llmload:llm-load-junit")
    testImplementation("org.junit.jupiter:junit-jupiter")
    testImplementation("org.assertj:assertj-core:3.27.7")
    testImplementation("io.qameta.allure:allure-jupiter:2.35.3")
    testRuntimeOnly("org.junit.platform:junit-platform-launcher")
    testRuntimeOnly("org.slf4j:slf4j-nop:2.0.17")
}

java {
    toolchain {
        languageVersion = JavaLanguageVersion.of(17)
    }
}

tasks.withType<JavaCompile>().configureEach {
    options.encoding = "UTF-8"
    options.compilerArgs.add("-parameters")
}

sourceSets {
    test {
        resources {
            srcDir("src/test/resources")
            srcDir("../allure-config")
        }
    }
}

tasks.named<ProcessResources>("processTestResources") {
    exclude("*.mjs", "*.md", "environment*")
}

tasks.named<Test>("test") {
    useJUnitPlatform {
        excludeTags("llm-load")
    }
}

tasks.register<Test>("llmGate") {
    description = "Offers load to the LLM endpoint and holds the budgets."
    group = "verification"
    testClassesDirs = sourceSets["test"].output.classesDirs
    classpath = sourceSets["test"].runtimeClasspath
    useJUnitPlatform {
        includeTags("llm-load")
    }

    // Gradle hands none of its own -D on to the JVM of the tests. Environment variables (LLMLOAD_URL) it does.
    systemProperties(providers.systemPropertiesPrefixedBy("llmload.").get())
    systemProperty("llmload.output", providers.systemProperty("llmload.output").getOrElse(
        layout.buildDirectory.dir("llm-load").get().asFile.path))
    systemProperty("allure.results.directory", layout.buildDirectory.dir("allure-results").get().asFile.path)

    doNotTrackState("yesterday's verdict says nothing about today's release: never up to date, never from a cache")

    maxParallelForks = 1
    shouldRunAfter(tasks.named("test"))
    finalizedBy("llmVerdict")
    testLogging {
        showStandardStreams = true
        exceptionFormat = org.gradle.api.tasks.testing.logging.TestExceptionFormat.FULL
    }
}

// A failing build ends with the name of the task; this prints the run's last lines right before that.
tasks.register("llmVerdict") {
    val verdict = layout.buildDirectory.file("llm-load/latest/verdict.txt")
    doLast {
        println(verdict.get().asFile.takeIf { it.exists() }?.readText() ?: "No load test ran.")
    }
}
