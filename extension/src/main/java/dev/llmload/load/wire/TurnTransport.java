package dev.llmload.load.wire;

import io.netty.channel.IoHandle;
import io.netty.channel.IoHandler;
import io.netty.channel.IoHandlerContext;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.IoRegistration;
import io.netty.channel.SelectStrategy;
import io.netty.channel.nio.NioIoHandler;
import io.netty.util.IntSupplier;
import io.netty.util.concurrent.ThreadAwareExecutor;
import io.vertx.core.impl.transports.NioTransport;
import io.vertx.core.transport.Transport;
import java.nio.channels.spi.SelectorProvider;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Vert.x's transport over NIO whose event loops tell when they ask the kernel, and never sleep for long. Part of the adapter
 * to Vert.x: the only place that knows its transports and Netty's I/O handlers. A loop that nobody watches works as
 * always.
 */
final class TurnTransport implements Transport {
    private final Map<ThreadAwareExecutor, Watched> loops = new ConcurrentHashMap<>();
    private final NioTransport transport = new NioTransport() {
        @Override
        public IoHandlerFactory ioHandlerFactory() {
            return executor -> {
                Strategy strategy = new Strategy();
                IoHandlerFactory factory = NioIoHandler.newFactory(SelectorProvider.provider(), () -> strategy);
                Watched handler = new Watched(factory.newHandler(executor), strategy);
                loops.put(executor, handler);
                return handler;
            };
        }
    };

    @Override
    public String name() {
        return Transport.NIO.name();
    }

    @Override
    public boolean available() {
        return true;
    }

    @Override
    public @Nullable Throwable unavailabilityCause() {
        return null;
    }

    @Override
    public io.vertx.core.spi.transport.Transport implementation() {
        return transport;
    }

    /**
     * Tells of the turns of a loop from its next one on. To be called on the loop.
     *
     * @throws IllegalStateException if it is no loop of this transport
     */
    void watch(ThreadAwareExecutor loop, LoopTurns turns) {
        Watched handler = loops.get(loop);
        if (handler == null) {
            throw new IllegalStateException("no event loop of this transport: " + loop);
        }
        handler.turns = turns;
        handler.strategy.turns = turns;
    }

    /** Looks before it sleeps: only a loop that found nothing is known to have slept rather than to have been held up. */
    private static final class Strategy implements SelectStrategy {
        private @Nullable LoopTurns turns;

        @Override
        public int calculateStrategy(IntSupplier selectNow, boolean hasTasks) throws Exception {
            int ready = selectNow.get();
            if (ready > 0 || hasTasks) {
                return ready;
            }
            LoopTurns watched = turns;
            if (watched != null) {
                watched.sleeps();
            }
            return SelectStrategy.SELECT;
        }
    }

    /** Stands between a loop and its I/O: tells of each turn, and limits the sleep. */
    private static final class Watched implements IoHandler, IoHandlerContext {
        private final IoHandler handler;
        private final Strategy strategy;
        private @Nullable LoopTurns turns;
        private IoHandlerContext context = this;

        Watched(IoHandler handler, Strategy strategy) {
            this.handler = handler;
            this.strategy = strategy;
        }

        @Override
        public int run(IoHandlerContext loop) {
            LoopTurns watched = turns;
            if (watched == null) {
                return handler.run(loop);
            }
            context = loop;
            watched.asks();
            int read = handler.run(this);
            watched.read(read);
            return read;
        }

        @Override
        public boolean shouldReportActiveIoTime() {
            return context.shouldReportActiveIoTime();
        }

        @Override
        public void reportActiveIoTime(long nanos) {
            context.reportActiveIoTime(nanos);
        }

        @Override
        public boolean canBlock() {
            return context.canBlock();
        }

        @Override
        public long delayNanos(long now) {
            return Math.min(LoopTurns.LONGEST_SLEEP_NANOS, context.delayNanos(now));
        }

        @Override
        public long deadlineNanos() {
            return context.deadlineNanos();
        }

        @Override
        public void initialize() {
            handler.initialize();
        }

        @Override
        public void prepareToDestroy() {
            handler.prepareToDestroy();
        }

        @Override
        public void destroy() {
            handler.destroy();
        }

        @Override
        public IoRegistration register(IoHandle handle) throws Exception {
            LoopTurns watched = turns;
            if (watched != null) {
                watched.opened();
            }
            return handler.register(handle);
        }

        @Override
        public void wakeup() {
            handler.wakeup();
        }

        @Override
        public boolean isCompatible(Class<? extends IoHandle> handleType) {
            return handler.isCompatible(handleType);
        }
    }
}
