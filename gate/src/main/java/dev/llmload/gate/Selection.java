package dev.llmload.gate;

import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectMethod;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectPackage;

import dev.llmload.junit.LlmLoad;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.platform.commons.support.AnnotationSupport;
import org.junit.platform.commons.support.HierarchyTraversalMode;
import org.junit.platform.engine.DiscoverySelector;
import org.junit.platform.launcher.EngineFilter;
import org.junit.platform.launcher.LauncherDiscoveryRequest;
import org.junit.platform.launcher.PostDiscoveryFilter;
import org.junit.platform.launcher.TagFilter;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;

/**
 * Which load tests are wanted.
 *
 * @param packages those in a package or below it
 * @param names classes, or methods as {@code com.acme.ChatGate#chat}
 * @param tags JUnit's tag expressions, each of which must hold
 */
record Selection(List<String> packages, List<String> names, List<String> tags) {
    private static final String LOAD_TESTS = "llm-load";
    private static final Pattern PACKAGE =
            Pattern.compile("\\p{javaJavaIdentifierPart}+(\\.\\p{javaJavaIdentifierPart}+)*");

    /** What JUnit is to look for; a class or method that does not exist is a UsageException. */
    LauncherDiscoveryRequest request(Map<String, String> parameters) {
        if (packages.isEmpty() && names.isEmpty()) {
            throw new UsageException("say which load tests: --scan-package com.acme.gates, "
                    + "--select com.acme.gates.ChatGate or --select com.acme.gates.ChatGate#chat");
        }
        List<DiscoverySelector> selectors = new ArrayList<>();
        packages.forEach(name -> selectors.add(packageOf(name)));
        names.forEach(name -> selectors.add(classOrMethod(name)));
        LauncherDiscoveryRequestBuilder builder = LauncherDiscoveryRequestBuilder.request()
                .selectors(selectors)
                .filters(EngineFilter.includeEngines("junit-jupiter"), TagFilter.includeTags(LOAD_TESTS))
                .configurationParameters(parameters);
        for (String expression : tags) {
            builder.filters(tag(expression));
        }
        return builder.build();
    }

    /** What was asked for, in words. */
    String words() {
        return Stream.of(
                        packages.stream().map(name -> "package " + name),
                        names.stream(),
                        tags.stream().map(tag -> "tag " + tag))
                .flatMap(each -> each)
                .reduce((a, b) -> a + ", " + b)
                .orElse("nothing");
    }

    private static PostDiscoveryFilter tag(String expression) {
        try {
            return TagFilter.includeTags(expression);
        } catch (RuntimeException e) {
            throw new UsageException("--tags takes an expression such as `chat & !slow`: " + e.getMessage());
        }
    }

    private static DiscoverySelector packageOf(String name) {
        if (!PACKAGE.matcher(name).matches()) {
            throw new UsageException("--scan-package takes a package such as com.acme.gates, but was \"" + name + "\"");
        }
        return selectPackage(name);
    }

    private static DiscoverySelector classOrMethod(String text) {
        int hash = text.indexOf('#');
        Class<?> type = load(hash < 0 ? text : text.substring(0, hash));
        if (hash < 0) {
            return selectClass(type);
        }
        String name = text.substring(hash + 1).replaceFirst("\\(.*", "");
        List<Method> methods =
                AnnotationSupport.findAnnotatedMethods(type, LlmLoad.class, HierarchyTraversalMode.BOTTOM_UP);
        return methods.stream()
                .filter(method -> method.getName().equals(name))
                .findFirst()
                .map(method -> selectMethod(type, method))
                .orElseThrow(() -> new UsageException("--select: " + type.getName() + " has no load test \"" + name
                        + "\"; it has " + (methods.isEmpty() ? "none" : names(methods))));
    }

    private static String names(List<Method> methods) {
        return methods.stream().map(Method::getName).distinct().sorted().collect(Collectors.joining(", "));
    }

    private static Class<?> load(String name) {
        try {
            return Class.forName(name, false, Thread.currentThread().getContextClassLoader());
        } catch (ClassNotFoundException | LinkageError e) {
            throw new UsageException("--select: there is no class " + name + " on the class path; a nested one is "
                    + "written Outer$Nested, and test classes usually lie in target/test-classes");
        }
    }
}
