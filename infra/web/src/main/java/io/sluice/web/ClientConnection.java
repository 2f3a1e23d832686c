package io.sluice.web;

import io.micronaut.http.HttpRequest;
import io.micronaut.http.server.netty.NettyHttpRequest;
import io.netty.channel.ChannelFutureListener;
import java.util.concurrent.CompletableFuture;

/** The HTTP connection that carries a request. */
public final class ClientConnection {
    private ClientConnection() {}

    /** {@return the target of the request as it was sent: a path, or a whole URL (RFC 9112, section 3.2)} */
    public static String target(HttpRequest<?> request) {
        return request instanceof NettyHttpRequest<?> netty
                ? netty.getNativeRequest().uri()
                : request.getUri().toString();
    }

    /** Cancels the outcome when the caller closes the connection, because no answer can reach it any more. */
    public static void cancelWhenClosed(HttpRequest<?> request, CompletableFuture<?> outcome) {
        if (request instanceof NettyHttpRequest<?> netty) {
            var closing = netty.getChannelHandlerContext().channel().closeFuture();
            ChannelFutureListener cancel = closed -> outcome.cancel(false);
            closing.addListener(cancel);
            var _ = outcome.whenComplete((job, stopped) -> closing.removeListener(cancel));
        }
    }
}
