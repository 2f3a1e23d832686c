package io.sluice.client.http;

import java.security.Provider;
import java.security.SecureRandom;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLContextSpi;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLServerSocketFactory;
import javax.net.ssl.SSLSessionContext;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManager;
import org.jspecify.annotations.Nullable;

/**
 * A TLS context for a client that never speaks TLS. The JDK's client requires a context even when every address is plain
 * {@code http}. The real context loads about 450 classes and all trusted certificates, which is a fifth of the processor
 * time of a short verb.
 */
final class NoTls extends SSLContextSpi {
    private NoTls() {}

    static SSLContext context() {
        return new SSLContext(new NoTls(), new NoProvider(), "none") {};
    }

    private static final class NoProvider extends Provider {
        private static final long serialVersionUID = 1L;

        NoProvider() {
            super("none", "1", "no TLS");
        }
    }

    @Override
    protected SSLParameters engineGetDefaultSSLParameters() {
        return new SSLParameters(new String[0], new String[0]);
    }

    @Override
    protected SSLParameters engineGetSupportedSSLParameters() {
        return engineGetDefaultSSLParameters();
    }

    @Override
    protected void engineInit(
            KeyManager @Nullable [] keys, TrustManager @Nullable [] trusted, @Nullable SecureRandom random) {}

    @Override
    protected SSLSocketFactory engineGetSocketFactory() {
        throw noTls();
    }

    @Override
    protected SSLServerSocketFactory engineGetServerSocketFactory() {
        throw noTls();
    }

    @Override
    protected SSLEngine engineCreateSSLEngine() {
        throw noTls();
    }

    @Override
    protected SSLEngine engineCreateSSLEngine(String host, int port) {
        throw noTls();
    }

    @Override
    protected SSLSessionContext engineGetServerSessionContext() {
        throw noTls();
    }

    @Override
    protected SSLSessionContext engineGetClientSessionContext() {
        throw noTls();
    }

    private static UnsupportedOperationException noTls() {
        return new UnsupportedOperationException("this client was made for an http address");
    }
}
