package dev.llmload.load.wire;

import dev.llmload.load.ruler.RulerServer;
import dev.llmload.load.ruler.Sentinel;
import java.io.UncheckedIOException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongPredicate;
import org.jspecify.annotations.Nullable;

/**
 * The event loops to one endpoint. They live as long as the group, so that connections survive from level to level; more
 * are opened when a level needs them. Used by one thread.
 */
public final class LoopGroup implements AutoCloseable {
    private final URI server;
    private final Map<String, String> headers;
    private final Duration connectTimeout;
    private final int maxResponseHead;
    private final ConnectionReuse reuse;
    private final List<VertxWire> wires = new ArrayList<>();
    private final List<VertxWire> beside = new ArrayList<>();
    private final PauseDetector pauses = PauseDetector.start();
    private @Nullable RulerServer ruler;

    /** A group with the usual limit of a response head. */
    public LoopGroup(URI server, Map<String, String> headers, Duration connectTimeout, ConnectionReuse reuse) {
        this(server, headers, connectTimeout, EndpointSettings.MAX_RESPONSE_HEAD, reuse);
    }

    public LoopGroup(
            URI server,
            Map<String, String> headers,
            Duration connectTimeout,
            int maxResponseHead,
            ConnectionReuse reuse) {
        this.maxResponseHead = maxResponseHead;
        this.server = server;
        this.headers = Map.copyOf(headers);
        this.connectTimeout = connectTimeout;
        this.reuse = reuse;
    }

    /** The first so many loops. */
    public List<VertxWire> wires(int count) {
        while (wires.size() < count) {
            wires.add(VertxWire.open(server, headers, connectTimeout, maxResponseHead, reuse, pauses));
        }
        return List.copyOf(wires.subList(0, count));
    }

    /**
     * A sentinel that runs beside a level on so many loops; it sends nothing yet.
     *
     * @param counts whether a token that was read at an instant counts
     * @return empty if this machine has no port or descriptor left for it
     */
    public Optional<Sentinel> sentinel(int count, LongPredicate counts) {
        try {
            RulerServer server = ruler == null ? new RulerServer(false) : ruler;
            ruler = server;
            while (beside.size() < count) {
                beside.add(wires.get(beside.size()).beside(server.uri()));
            }
            return Optional.of(new Sentinel(beside.subList(0, count), server, counts));
        } catch (UncheckedIOException e) {
            return Optional.empty();
        }
    }

    /** The first loop, for requests outside any level. */
    public VertxWire any() {
        return wires(1).get(0);
    }

    /** The {@code Content-Encoding} of a response that came compressed, or empty if none did. */
    public String encoding() {
        return wires.stream()
                .map(VertxWire::encoding)
                .filter(encoding -> !encoding.isEmpty())
                .findFirst()
                .orElse("");
    }

    public ConnectionReuse reuse() {
        return reuse;
    }

    @Override
    public void close() {
        pauses.close();
        RulerServer server = ruler;
        if (server != null) {
            server.close();
        }
        RuntimeException failure = null;
        for (VertxWire wire : wires) {
            try {
                wire.close();
            } catch (RuntimeException e) {
                failure = e; // the others are closed all the same
            }
        }
        wires.clear();
        if (failure != null) {
            throw failure;
        }
    }
}
