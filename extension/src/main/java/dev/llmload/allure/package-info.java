/**
 * The only code that touches Allure; absent Allure is fine. Knows reports, and nothing of JUnit.
 */
@org.jspecify.annotations.NullMarked
package dev.llmload.allure;
