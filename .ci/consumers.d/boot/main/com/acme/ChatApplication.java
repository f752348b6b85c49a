package com.acme;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.servlet.mvc.method.annotation.StreamingResponseBody;

/** A service of the user's own that speaks the protocol: four tokens, one every few milliseconds. */
@SpringBootApplication
@RestController
public class ChatApplication {
    private static final int TOKENS = 4;

    public static void main(String[] args) {
        SpringApplication.run(ChatApplication.class, args);
    }

    @GetMapping("/v1/models")
    Map<String, Object> models() {
        return Map.of("object", "list", "data", new Object[] {Map.of("id", "acme-chat", "object", "model")});
    }

    @PostMapping("/v1/chat/completions")
    ResponseEntity<StreamingResponseBody> chat(@RequestBody Map<String, Object> request) {
        if (Boolean.TRUE.equals(request.get("stream"))) {
            return ResponseEntity.ok().contentType(MediaType.TEXT_EVENT_STREAM).body(ChatApplication::stream);
        }
        return ResponseEntity.ok().contentType(MediaType.APPLICATION_JSON).body(out -> out.write(WHOLE.getBytes(StandardCharsets.UTF_8)));
    }

    private static final String USAGE = "\"usage\":{\"prompt_tokens\":5,\"completion_tokens\":4,\"total_tokens\":9}";
    private static final String WHOLE = "{\"id\":\"1\",\"object\":\"chat.completion\",\"created\":1,\"model\":\"acme-chat\",\"choices\":[{\"index\":0,"
            + "\"message\":{\"role\":\"assistant\",\"content\":\"one two three four\"},\"finish_reason\":\"stop\"}]," + USAGE + "}";

    private static void stream(java.io.OutputStream out) throws IOException {
        for (int i = 0; i < TOKENS; i++) {
            event(out, "\"choices\":[{\"index\":0,\"delta\":{\"content\":\"word \"},\"finish_reason\":null}]");
            try {
                Thread.sleep(3);
            } catch (InterruptedException e) {
                throw new IOException(e);
            }
        }
        event(out, "\"choices\":[{\"index\":0,\"delta\":{},\"finish_reason\":\"stop\"}]");
        event(out, "\"choices\":[]," + USAGE);
        out.write("data: [DONE]\n\n".getBytes(StandardCharsets.UTF_8));
        out.flush();
    }

    private static void event(java.io.OutputStream out, String rest) throws IOException {
        out.write(("data: {\"id\":\"1\",\"object\":\"chat.completion.chunk\",\"created\":1,\"model\":\"acme-chat\"," + rest + "}\n\n")
                .getBytes(StandardCharsets.UTF_8));
        out.flush();
    }
}
