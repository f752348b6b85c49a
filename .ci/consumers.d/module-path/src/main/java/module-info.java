open module com.acme {
    requires dev.llmload;
    requires org.junit.jupiter.api;
}
