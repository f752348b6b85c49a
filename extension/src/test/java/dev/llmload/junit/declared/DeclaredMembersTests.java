package dev.llmload.junit.declared;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmload.config.Configuration;
import dev.llmload.junit.AnswerCheck;
import dev.llmload.junit.GoodAnswer;
import dev.llmload.junit.LlmEndpoint;
import dev.llmload.junit.LlmLoad;
import dev.llmload.junit.LlmRequest;
import dev.llmload.junit.Reuse;
import dev.llmload.load.AbortRule;
import dev.llmload.load.send.AnswerSampling;
import dev.llmload.result.Answer;
import dev.llmload.result.request.Objective;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtensionConfigurationException;

/** Which value a member has that several annotations, bases, enclosing classes and keys declare. */
class DeclaredMembersTests {
    private final Map<String, String> keys = new HashMap<>(Map.of("llmload.url", "http://127.0.0.1:1"));

    private LoadTestSpec resolve(Class<?> testClass) {
        try {
            return LoadTestResolver.resolve(
                    testClass.getMethod("load"),
                    testClass,
                    new Configuration(key -> Optional.ofNullable(keys.get(key)), Map.of(), Map.of()));
        } catch (NoSuchMethodException e) {
            throw new AssertionError(e);
        }
    }

    private String request(Class<?> testClass) {
        LoadTestSpec test = resolve(testClass);
        return test.request().prompts().parts().get(0).spec() + " "
                + test.request().reuse() + " "
                + test.request().settings().maxTokens() + " "
                + test.request().settings().temperature() + " " + test.request().seed() + " "
                + test.request().settings().extraBody() + " "
                + test.endpoint().settings().headers();
    }

    @Test
    void withoutARequest_theDefaultsOfItsMembersHold() {
        assertThat(request(Bare.class)).isEqualTo("builtin:chat UNIQUE_PREFIX 128 0.7 42  {}");
    }

    @Test
    void theMethodWinsOverItsClass_memberByMember() {
        assertThat(request(OnBoth.class)).isEqualTo("builtin:short ALLOW 16 0.0 7 {\"top_k\": 40} {X-Tenant=acme}");
    }

    @Test
    void aMemberThatHasItsDefaultValue_countsAsNotSet() {
        assertThat(resolve(DefaultOnTheMethod.class).request().settings().maxTokens())
                .isEqualTo(16);
    }

    @Test
    void aNestedClass_hasWhatItsEnclosingClassDeclares_unlessItDeclaresItself() {
        assertThat(request(Outer.Inner.class)).startsWith("builtin:long UNIQUE_PREFIX 64 0.5 42 ");
    }

    @Test
    void aDerivedClass_hasWhatItsBasesAndInterfacesDeclare_besideItsOwn() {
        assertThat(request(Derived.class)).startsWith("builtin:short UNIQUE_PREFIX 64 0.7 11 ");
    }

    @Test
    void whatIsDeclaredBesideAComposedAnnotation_overridesItsMembers_andLeavesTheOthers() {
        assertThat(request(Composed.class)).startsWith("builtin:long UNIQUE_PREFIX 8 0.7 42 ");
        assertThat(resolve(Composed.class).expectations().good())
                .extracting(Objective::text)
                .containsExactly("ttft < 500 ms");
    }

    @Test
    void aComposedAnnotationOnTheClass_isOverriddenByTheMethod() {
        assertThat(request(ComposedOnTheClass.class)).startsWith("builtin:long UNIQUE_PREFIX 9 ");
    }

    @Test
    void theAddressOfAComposedAnnotation_standsBesideTheModelThatIsDeclaredWithIt() {
        keys.clear();
        LoadTestSpec test = resolve(ComposedEndpoint.class);
        assertThat(test.endpoint().settings().url().chat().getPort()).isEqualTo(8);
        assertThat(test.endpoint().settings().model()).isEqualTo("large");
    }

    @Test
    void keysWinOverAllOfThem() {
        keys.putAll(Map.of(
                "llmload.request.prompts", "builtin:chat",
                "llmload.request.reuse", "unique_prefix",
                "llmload.request.maxTokens", "128",
                "llmload.request.temperature", "NaN",
                "llmload.request.seed", "-1",
                "llmload.request.extraBody", "{\"top_k\": 1}"));
        assertThat(request(OnBoth.class))
                .isEqualTo("builtin:chat UNIQUE_PREFIX 128 NaN -1 {\"top_k\": 1} {X-Tenant=acme}");
    }

    @Test
    void objectivesOfTheMethod_replaceThoseOfItsClass_andTheCheckOfTheClassStays() {
        LoadTestSpec test = resolve(Judged.class);
        assertThat(test.expectations().good()).extracting(Objective::text).containsExactly("ttft < 1 s", "e2e < 9 s");
        AnswerSampling answers = test.expectations().answers().orElseThrow();
        assertThat(answers.check()).isInstanceOf(Anything.class);
        assertThat(answers.share()).isEqualTo(0.25);

        keys.put("llmload.answer.good", "tpot < 20 ms");
        keys.put("llmload.answer.check", "none");
        Optional<AnswerSampling> unchecked =
                resolve(Judged.class).expectations().answers();
        assertThat(unchecked).isEmpty();
        assertThat(resolve(Judged.class).expectations().good())
                .extracting(Objective::text)
                .containsExactly("tpot < 20 ms");
    }

    @Test
    void aMistake_namesTheMemberAndItsAnnotation() {
        assertThat(messageOf(Mistaken.class))
                .startsWith("Load test not configured: Mistaken.load\n"
                        + "  - `maxTokens` of @LlmRequest: must be at least 1, but was -1\n"
                        + "  - `value` of @GoodAnswer: objective: unknown metric \"tftt\"\n"
                        + "      tftt < 1 s\n"
                        + "      ^\n")
                .endsWith("  - `checkShare` of @GoodAnswer: must be above 0 and at most 1, but was `0.0`");
    }

    @Test
    void severalConditionsOfAnAbort_areAListOfRules() {
        assertThat(resolve(Aborted.class).load().abortWhen())
                .extracting(AbortRule::text)
                .containsExactly("success_rate < 90 %", "ttft p95 > 10 s");
        keys.put("llmload.load.abortWhen", "e2e p90 > 60 s");
        assertThat(resolve(Aborted.class).load().abortWhen())
                .extracting(AbortRule::text)
                .containsExactly("e2e p90 > 60 s");
    }

    private String messageOf(Class<?> testClass) {
        try {
            resolve(testClass);
        } catch (ExtensionConfigurationException e) {
            return e.getMessage();
        }
        throw new AssertionError("was accepted");
    }

    public static class Bare {
        @LlmLoad(concurrency = 1)
        public void load() {}
    }

    @LlmRequest(prompts = "builtin:long", reuse = Reuse.ALLOW, maxTokens = 16, seed = 7, headers = "X-Tenant: acme")
    public static class OnBoth {
        @LlmLoad(concurrency = 1)
        @LlmRequest(prompts = "builtin:short", temperature = 0, extraBody = "{\"top_k\": 40}")
        public void load() {}
    }

    @LlmRequest(maxTokens = 16)
    public static class DefaultOnTheMethod {
        @LlmLoad(concurrency = 1)
        @LlmRequest(maxTokens = 128)
        public void load() {}
    }

    @LlmRequest(prompts = "builtin:long", temperature = 0.2)
    public static class Outer {
        @LlmRequest(temperature = 0.5)
        public class Inner {
            @LlmLoad(concurrency = 1)
            @LlmRequest(maxTokens = 64)
            public void load() {}
        }
    }

    @LlmRequest(prompts = "builtin:long", seed = 11)
    interface Seeded {}

    @LlmRequest(prompts = "builtin:short", maxTokens = 32)
    public static class Base {
        @LlmLoad(concurrency = 1)
        public void load() {}
    }

    @LlmRequest(maxTokens = 64)
    public static class Derived extends Base implements Seeded {}

    @Inherited
    @Retention(RetentionPolicy.RUNTIME)
    @LlmRequest(prompts = "builtin:long", maxTokens = 512)
    @GoodAnswer("ttft < 500 ms")
    @interface LongChat {}

    public static class Composed {
        @LlmLoad(concurrency = 1)
        @LongChat
        @LlmRequest(maxTokens = 8)
        public void load() {}
    }

    @LongChat
    public static class ComposedOnTheClass {
        @LlmLoad(concurrency = 1)
        @LlmRequest(maxTokens = 9)
        public void load() {}
    }

    @Retention(RetentionPolicy.RUNTIME)
    @LlmEndpoint(url = "http://127.0.0.1:8", model = "small")
    @interface Staging {}

    @Staging
    @LlmEndpoint(model = "large")
    public static class ComposedEndpoint {
        @LlmLoad(concurrency = 1)
        public void load() {}
    }

    @GoodAnswer(value = "ttft < 2 s", check = Anything.class, checkShare = 0.25)
    public static class Judged {
        @LlmLoad(concurrency = 1)
        @GoodAnswer({"ttft < 1 s", "e2e < 9 s"})
        public void load() {}
    }

    static class Anything implements AnswerCheck {
        @Override
        public void check(Answer answer) {}
    }

    @GoodAnswer(value = "tftt < 1 s", checkShare = 0)
    public static class Mistaken {
        @LlmLoad(concurrency = 1)
        @LlmRequest(maxTokens = -1)
        public void load() {}
    }

    public static class Aborted {
        @LlmLoad(
                concurrency = 1,
                abortWhen = {"success_rate < 90%", "ttft p95 > 10 s"})
        public void load() {}
    }
}
