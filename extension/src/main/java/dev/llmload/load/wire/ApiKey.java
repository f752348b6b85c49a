package dev.llmload.load.wire;

/**
 * The API key of an endpoint. Its text never shows it.
 *
 * @param variable name of the environment variable that it comes from
 * @param value the key alone; empty where the variable is not set
 */
public record ApiKey(String variable, String value) {
    /** Refuses a key that cannot be sent. The message does not show it. */
    public ApiKey {
        // A variable that was filled from a file often ends with the file's line end.
        String problem = "";
        if (value.endsWith("\n") || value.endsWith("\r")) {
            problem = "ends with a line break";
        } else if (!value.chars().allMatch(c -> c >= ' ' && c < 127)) {
            problem = "holds a control character, or one that is not ASCII";
        } else if (!value.equals(value.strip())) {
            problem = "begins or ends with a blank";
        } else if (value.regionMatches(true, 0, "bearer ", 0, 7)) {
            problem = "begins with \"Bearer\", which is added to it";
        }
        if (!problem.isEmpty()) {
            throw new IllegalArgumentException("the API key " + problem + "; set the environment variable " + variable
                    + " to the key alone: for example with printf %s, not echo");
        }
    }

    /** Whether there is none. */
    public boolean isEmpty() {
        return value.isEmpty();
    }

    @Override
    public String toString() {
        return isEmpty() ? "none" : "***";
    }
}
