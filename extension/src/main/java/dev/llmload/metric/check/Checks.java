package dev.llmload.metric.check;

import dev.llmload.result.Outcome;
import dev.llmload.result.ValidityCheck;
import java.util.ArrayList;
import java.util.List;

/** All questions that a level asks about its own measurement, in the order in which they are printed. */
public final class Checks {
    private static final List<Check> ALL = List.of(
            new ClientKeepsUp(),
            new LoadWasClaimed(),
            new NothingWasCut(),
            new StreamIsStream(),
            new PromptsWereFresh(),
            new TokensAreKnown(),
            new PaceIsKnown(),
            evidence -> Check.notMeasured("telemetry is whole", "no GPU telemetry was recorded"),
            new ServerDidOnlyOurWork(),
            new AnswersLookLikeAnswers(),
            evidence -> Check.notMeasured("efficiency is possible", "neither MFU nor MBU was measured"));

    private Checks() {}

    public static List<ValidityCheck> judge(Evidence evidence) {
        List<Check> asked = new ArrayList<>(ALL);
        if (evidence.measurement().level().isOpen()) {
            asked.add(2, new EndpointKeepsUp());
        }
        if (!evidence.measurement().level().isOpen()) {
            asked.add(9, new RequestsAreIndependent());
        }
        if (evidence.sample().counts().failures().containsKey(Outcome.CLIENT_LIMIT)) {
            asked.add(1, new ClientHadRoom());
        }
        if (evidence.sample().requests().stream()
                .anyMatch(
                        request -> request.flags().checked() || request.flags().missed())) {
            asked.add(new AnswersAreRight());
        }
        return asked.stream().map(check -> check.judge(evidence)).toList();
    }
}
