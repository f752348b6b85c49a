package dev.llmload.load.wire;

import io.netty.bootstrap.ChannelInitializerExtension;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerAdapter;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelPipeline;
import java.util.ArrayList;
import java.util.List;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Sees each network buffer of each connection together with the very instant that the product stamped on it. Netty
 * itself finds this class (its service file) and adds it to every client channel, before {@link WireConnection}: when that
 * has read a buffer, {@link WireConnection#stamp} tells its instant. The product has no part in this and runs as it always
 * does; reading a buffer here costs some 0.2 µs after the product is done with it.
 */
public final class WireTap extends ChannelInitializerExtension {
    // Netty announces the extensions that it finds; held here, because the log manager would forget the level.
    private static final Logger NETTY = Logger.getLogger("io.netty.bootstrap");
    private static final List<StampLog> LOGS = new ArrayList<>();
    private static final ThreadLocal<StampLog> OF_LOOP = ThreadLocal.withInitial(WireTap::newLog);

    /** Used by Netty. */
    public WireTap() {}

    /** Asks Netty to look for extensions; before anything else of Netty is used. */
    public static void install() {
        NETTY.setLevel(Level.WARNING);
        System.setProperty(ChannelInitializerExtension.EXTENSIONS_SYSTEM_PROPERTY, "serviceload");
    }

    /** Forgets what was seen; while no load is offered. */
    public static synchronized void reset() {
        LOGS.forEach(StampLog::clear);
    }

    /** What each event loop has seen; while no load is offered. */
    public static synchronized List<StampLog> logs() {
        return List.copyOf(LOGS);
    }

    private static synchronized StampLog newLog() {
        StampLog log = new StampLog();
        LOGS.add(log);
        return log;
    }

    @Override
    public void postInitializeClientChannel(Channel channel) {
        channel.pipeline().addFirst(new Newcomer());
    }

    /** Vert.x clears the pipeline when it makes an HTTP connection of a channel; the tap goes in after that. */
    private static final class Newcomer extends ChannelHandlerAdapter {
        @Override
        public void handlerRemoved(ChannelHandlerContext ctx) {
            insert(ctx.channel());
        }

        private static void insert(Channel channel) {
            ChannelPipeline pipeline = channel.pipeline();
            if (pipeline.first() instanceof WireConnection connection) {
                pipeline.addFirst("tap", new Tap(connection));
            } else if (channel.isActive()) {
                channel.eventLoop().execute(() -> insert(channel));
            }
        }
    }

    private static final class Tap extends ChannelInboundHandlerAdapter {
        private final WireConnection connection;
        private final StampReader stamps = new StampReader();

        Tap(WireConnection connection) {
            this.connection = connection;
        }

        @Override
        public void channelRead(ChannelHandlerContext ctx, Object message) {
            ByteBuf buffer = message instanceof ByteBuf bytes ? bytes.retainedDuplicate() : Unpooled.EMPTY_BUFFER;
            try {
                ctx.fireChannelRead(message);
                stamps.read(connection.stamp(), connection.lateness(), buffer, OF_LOOP.get());
            } finally {
                buffer.release();
            }
        }
    }
}
