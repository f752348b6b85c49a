rootProject.name = "llm-load-sample-tests"
