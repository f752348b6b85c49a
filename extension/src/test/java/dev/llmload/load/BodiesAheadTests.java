package dev.llmload.load;

import static dev.llmload.testkit.Http.goodAnswer;
import static org.assertj.core.api.Assertions.assertThat;

import dev.llmload.prompt.PromptSupply;
import dev.llmload.testkit.ScriptedServer;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What a level sends was read, hashed and encoded by the thread of the prompts; its event loops only write it. */
@Timeout(60)
class BodiesAheadTests {
    @Test
    void aLevelFindsItsBodiesMade() {
        Set<String> makers = ConcurrentHashMap.newKeySet();
        try (ScriptedServer server = ScriptedServer.start(connection -> {
                    while (true) {
                        connection.request();
                        connection.send(goodAnswer());
                    }
                });
                PromptSupply prompts = Load.prompts()) {
            Load load = Load.against(server.url()).users(4).requests(20);
            try (LoadSession session = load.session(new LoadListener() {})) {
                UnaryOperator<PromptSupply.Draw> making = session.preparing();
                prompts.prepare(draw -> {
                    makers.add(Thread.currentThread().getName());
                    return making.apply(draw);
                });
                prompts.readAhead();
                Object how = prompts.next().made().orElseThrow().how();
                session.run(load.plan(), prompts);
                // The level prepares the next ones in the same way, so that none is made on a loop.
                assertThat(prompts.next().madeBy(how)).isPresent();
            }
        }
        assertThat(makers).containsExactly("llm-load-prompts");
    }
}
