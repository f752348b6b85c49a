package dev.llmload.load.send;

import dev.llmload.prompt.PromptSupply;
import dev.llmload.result.request.RequestRecord;
import java.util.Optional;

/** What requests and their sources may ask of the level that they belong to, and what they tell it. Safe for use by any thread. */
public interface LevelContext {
    /** What its requests have in common. */
    Target target();

    /** The next prompt. */
    PromptSupply.Draw draw();

    /** Decides which requests are sent, and in which phase. */
    Admission admission();

    /** Checks answers; empty where nobody wants that. */
    Optional<AnswerChecker> answers();

    /** A request has ended and is recorded. */
    void ended(RequestRecord record);

    /** A check found the answer of a request wrong after {@link #ended} was told that it succeeded. */
    void corrected(RequestRecord record);

    /** Something that is no fault of the endpoint went wrong: the level ends, and is no result. */
    void failed(Throwable cause);

    /** A source has nothing in flight and sends no more. */
    void retired();
}
