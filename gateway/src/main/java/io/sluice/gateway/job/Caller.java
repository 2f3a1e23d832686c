package io.sluice.gateway.job;

import io.micronaut.http.HttpRequest;
import io.micronaut.http.server.netty.NettyHttpRequest;
import io.netty.channel.ChannelFutureListener;
import java.util.concurrent.CompletableFuture;

/** Who calls, and waits for an answer. */
public final class Caller {
    private Caller() {}

    /** Stops waiting for the outcome when the caller's line is cut: there is nobody left to tell. */
    public static void waitWhileThere(HttpRequest<?> request, CompletableFuture<?> outcome) {
        if (request instanceof NettyHttpRequest<?> netty) {
            var line = netty.getChannelHandlerContext().channel().closeFuture();
            ChannelFutureListener gone = closed -> outcome.cancel(false);
            line.addListener(gone);
            var _ = outcome.whenComplete((job, stopped) -> line.removeListener(gone));
        }
    }
}
