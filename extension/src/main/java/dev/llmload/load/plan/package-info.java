/** The kinds of load: what a level offers, who sends its requests and when. */
@org.apiguardian.api.API(status = org.apiguardian.api.API.Status.INTERNAL)
@org.jspecify.annotations.NullMarked
package dev.llmload.load.plan;
