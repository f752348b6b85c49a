package dev.llmload.prompt;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads {@code 70% classpath:/chat.jsonl, 30% synthetic:input=512}: sources with their shares of the requests. */
final class PromptMix {
    private static final Pattern SHARE = Pattern.compile("(\\d+(?:\\.\\d+)?)\\s*%\\s+(.*)", Pattern.DOTALL);
    // A comma within a source stays there: only one before the next share separates.
    private static final Pattern BETWEEN = Pattern.compile("\\s*,\\s*(?=\\d+(?:\\.\\d+)?\\s*%\\s)");
    private static final BigDecimal ALL = new BigDecimal(100);

    private PromptMix() {}

    record Share(String spec, double weight) {}

    static List<Share> parse(String spec) {
        if (!SHARE.matcher(spec).matches()) {
            return List.of(new Share(spec, 1));
        }
        List<Share> shares = new ArrayList<>();
        BigDecimal sum = BigDecimal.ZERO;
        for (String each : BETWEEN.split(spec)) {
            Matcher matcher = SHARE.matcher(each.strip());
            if (!matcher.matches()) {
                throw new IllegalArgumentException("prompts \"" + spec + "\": expected a share and a source such as"
                        + " 70% classpath:/chat.jsonl, but found \"" + each.strip() + "\"");
            }
            BigDecimal percent = new BigDecimal(matcher.group(1));
            if (percent.signum() == 0) {
                throw new IllegalArgumentException("prompts \"" + spec
                        + "\": a share must be above 0%; leave out the source \"" + matcher.group(2) + "\"");
            }
            sum = sum.add(percent);
            shares.add(new Share(matcher.group(2).strip(), percent.doubleValue() / 100));
        }
        if (sum.compareTo(ALL) != 0) {
            throw new IllegalArgumentException("prompts \"" + spec + "\": the shares must add up to 100%, but are "
                    + sum.stripTrailingZeros().toPlainString() + "%");
        }
        return List.copyOf(shares);
    }
}
