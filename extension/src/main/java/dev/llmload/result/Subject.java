package dev.llmload.result;

import org.apiguardian.api.API;

/**
 * Whose level this is: the test that asked, and the endpoint that answered.
 *
 * @param test id of the test: {@code com.acme.ChatReleaseTest#chat}
 * @param endpoint full URL of the completions endpoint, without secrets
 * @param model name of the model in the requests
 * @param simulated whether the embedded simulator answered
 * @since 0.1
 */
@API(status = API.Status.STABLE, since = "0.1")
public record Subject(String test, String endpoint, String model, boolean simulated) {}
