/**
 * The only code that touches Allure; absent Allure is fine. Knows reports, and nothing of JUnit.
 */
@org.apiguardian.api.API(status = org.apiguardian.api.API.Status.INTERNAL)
@org.jspecify.annotations.NullMarked
package dev.llmload.allure;
