package io.sluice.web;

import io.micronaut.context.event.BeanCreatedEvent;
import io.micronaut.context.event.BeanCreatedEventListener;
import io.micronaut.http.netty.channel.ChannelPipelineCustomizer;
import io.micronaut.http.server.netty.NettyServerCustomizer;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.HttpRequest;
import jakarta.inject.Singleton;

/**
 * Lets a plus and a semicolon in a path mean themselves (RFC 3986, section 3.3), so that {@code /products/a+b} is the
 * product {@code a+b}. Micronaut would read a plus as a blank, as in a query, and leave out what follows a semicolon.
 * The two characters are escaped before Micronaut sees the request.
 */
@Singleton
final class PathCharacters implements BeanCreatedEventListener<NettyServerCustomizer.Registry> {
    private static final String NAME = "path-characters";
    private static final String AFTER_SCHEME = "://";

    @Override
    public NettyServerCustomizer.Registry onCreated(BeanCreatedEvent<NettyServerCustomizer.Registry> event) {
        event.getBean().register(new Customizer());
        return event.getBean();
    }

    /** {@return the target of a request, with plus and semicolon escaped in its path} */
    static String escaped(String target) {
        var path = pathOf(target);
        var query = target.indexOf('?');
        var end = query < 0 ? target.length() : query;
        if (path >= end) {
            return target;
        }
        return target.substring(0, path)
                + target.substring(path, end).replace("+", "%2B").replace(";", "%3B")
                + target.substring(end);
    }

    /** {@return where the path begins: a target may be a whole URL} */
    private static int pathOf(String target) {
        var authority = target.startsWith("/") ? -1 : target.indexOf(AFTER_SCHEME);
        if (authority < 0) {
            return 0;
        }
        var path = target.indexOf('/', authority + AFTER_SCHEME.length());
        return path < 0 ? target.length() : path;
    }

    /** Adds the handler to each connection. */
    private static class Customizer implements NettyServerCustomizer {
        @Override
        public NettyServerCustomizer specializeForChannel(Channel channel, ChannelRole role) {
            return new Customizer() {
                @Override
                public void onStreamPipelineBuilt() {
                    channel.pipeline()
                            .addBefore(ChannelPipelineCustomizer.HANDLER_MICRONAUT_INBOUND, NAME, new Escaping());
                }
            };
        }
    }

    /** Escapes the targets of one connection's requests. */
    private static final class Escaping extends ChannelInboundHandlerAdapter {
        @Override
        public void channelRead(ChannelHandlerContext context, Object message) {
            if (message instanceof HttpRequest request) {
                request.setUri(escaped(request.uri()));
            }
            context.fireChannelRead(message);
        }
    }
}
