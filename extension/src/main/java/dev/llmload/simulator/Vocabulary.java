package dev.llmload.simulator;

import java.util.SplittableRandom;

/** The words that answers are made of. One word stands for one token; none needs escaping in JSON. */
final class Vocabulary {
    private static final String[] WORDS =
            ("the a of to and in is that it for on with as are be this by from or an at which you can"
                            + " not will one more when each time some other may has into than first only water light paper"
                            + " garden river morning letter table window number question answer reason example measure small"
                            + " large early late clear simple common careful steady quiet open begin follow keep change compare"
                            + " explain remember consider write read build grow move carry hold turn between because while often"
                            + " again still together before after under over along second third part whole half value order case"
                            + " result method system energy matter space surface pressure signal memory language music market"
                            + " price season weather mountain island bridge street house kitchen bread salt sugar fruit glass"
                            + " stone metal wood iron green blue white dark warm cold")
                    .split(" ");

    private Vocabulary() {}

    /** So many words; the first one of an answer is capitalised, each other one begins with a space. */
    static String words(SplittableRandom random, int count, boolean first) {
        if (count == 1) {
            return word(random, first);
        }
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < count; i++) {
            text.append(word(random, first && i == 0));
        }
        return text.toString();
    }

    private static String word(SplittableRandom random, boolean first) {
        String word = WORDS[random.nextInt(WORDS.length)];
        return first ? Character.toUpperCase(word.charAt(0)) + word.substring(1) : " " + word;
    }
}
