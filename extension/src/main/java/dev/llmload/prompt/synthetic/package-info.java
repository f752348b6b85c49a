/**
 * Made-up prompts: of given lengths, with or without a beginning that many share. Made anew from their numbers whenever they
 * are asked for, so that any number of them takes no memory.
 */
@org.apiguardian.api.API(status = org.apiguardian.api.API.Status.INTERNAL)
@org.jspecify.annotations.NullMarked
package dev.llmload.prompt.synthetic;
