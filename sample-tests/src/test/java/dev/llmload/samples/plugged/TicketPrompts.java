package dev.llmload.samples.plugged;

import dev.llmload.spi.PromptSource;
import dev.llmload.spi.PromptSourceProvider;
import dev.llmload.spi.SourcePrompt;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;

/**
 * Prompts from where a company has them: {@code @LlmRequest(prompts = "tickets:billing")}. This one reads a file of subjects
 * and texts; a database or a web service has the same shape.
 */
public class TicketPrompts implements PromptSourceProvider {
    @Override
    public String scheme() {
        return "tickets";
    }

    @Override
    public PromptSource open(String queue) {
        InputStream file = getClass().getResourceAsStream("/tickets/" + queue + ".txt");
        if (file == null) {
            throw new IllegalArgumentException("there is no queue \"" + queue + "\"; expected tickets:billing");
        }
        BufferedReader tickets = new BufferedReader(new InputStreamReader(file, StandardCharsets.UTF_8));
        return new PromptSource() {
            @Override
            public Stream<SourcePrompt> prompts() {
                return tickets.lines().map(TicketPrompts::prompt);
            }

            @Override
            public void close() {
                try {
                    tickets.close();
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            }
        };
    }

    private static SourcePrompt prompt(String ticket) {
        return SourcePrompt.of("Answer this ticket in three sentences.\n\n" + ticket.replace(" | ", "\n"));
    }
}
