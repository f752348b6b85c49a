/**
 * The pages: report.html of a run, and the small page of a level. Loads nothing from outside and decides no
 * verdict.
 */
@org.apiguardian.api.API(status = org.apiguardian.api.API.Status.INTERNAL)
@org.jspecify.annotations.NullMarked
package dev.llmload.report.page;
