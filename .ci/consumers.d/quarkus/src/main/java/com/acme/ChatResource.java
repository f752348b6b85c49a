package com.acme;

import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.StreamingOutput;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** A service of the user's own that speaks the protocol: four tokens, one every few milliseconds. */
@Path("/v1")
public class ChatResource {
    private static final int TOKENS = 4;
    private static final String USAGE = "\"usage\":{\"prompt_tokens\":5,\"completion_tokens\":4,\"total_tokens\":9}";
    private static final String WHOLE = "{\"id\":\"1\",\"object\":\"chat.completion\",\"created\":1,\"model\":\"acme-chat\","
            + "\"choices\":[{\"index\":0,\"message\":{\"role\":\"assistant\",\"content\":\"one two three four\"},"
            + "\"finish_reason\":\"stop\"}]," + USAGE + "}";

    @GET
    @Path("/models")
    @Produces(MediaType.APPLICATION_JSON)
    public String models() {
        return "{\"object\":\"list\",\"data\":[{\"id\":\"acme-chat\",\"object\":\"model\"}]}";
    }

    @POST
    @Path("/chat/completions")
    public Response chat(Map<String, Object> request) {
        if (Boolean.TRUE.equals(request.get("stream"))) {
            StreamingOutput stream = ChatResource::stream;
            return Response.ok(stream, MediaType.SERVER_SENT_EVENTS).build();
        }
        return Response.ok(WHOLE, MediaType.APPLICATION_JSON).build();
    }

    private static void stream(OutputStream out) throws IOException {
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

    private static void event(OutputStream out, String rest) throws IOException {
        out.write(("data: {\"id\":\"1\",\"object\":\"chat.completion.chunk\",\"created\":1,\"model\":\"acme-chat\"," + rest
                        + "}\n\n")
                .getBytes(StandardCharsets.UTF_8));
        out.flush();
    }
}
