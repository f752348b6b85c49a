package com.acme;

/** So that the module has a package, which the tests are patched into. */
public final class Gates {
    private Gates() {}
}
