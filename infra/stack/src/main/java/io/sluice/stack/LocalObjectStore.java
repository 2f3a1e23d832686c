package io.sluice.stack;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;
import org.gaul.s3proxy.BlobStores;
import org.gaul.s3proxy.S3Proxy;
import org.gaul.s3proxy.auth.AuthenticationType;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An S3 server over a folder. An object is the file {@code <dir>/<bucket>/<key>}; the bucket {@code sluice} exists from
 * the start. The server checks no credentials: it serves anonymous and signed requests alike.
 */
public final class LocalObjectStore implements AutoCloseable {
    /** The bucket that exists from the start. */
    public static final String BUCKET = "sluice";

    private static final Logger log = LoggerFactory.getLogger(LocalObjectStore.class);

    private final S3Proxy proxy;
    private final String host;

    private LocalObjectStore(S3Proxy proxy, String host) {
        this.proxy = proxy;
        this.host = host;
    }

    /** Starts a store on a free port of the loopback address. */
    public static LocalObjectStore start(Path dir) {
        return start(dir, Part.LOOPBACK, 0);
    }

    /**
     * Starts a store over a folder.
     *
     * @param port 0 for any free port
     */
    public static LocalObjectStore start(Path dir, String bind, int port) {
        var listen = Part.S3.claim(bind, port);
        try {
            Files.createDirectories(dir.resolve(BUCKET));
            var settings = new Properties();
            settings.setProperty(
                    "jclouds.filesystem.basedir", dir.toAbsolutePath().toString());
            settings.setProperty("jclouds.identity", "local");
            settings.setProperty("jclouds.credential", "local");
            var proxy = S3Proxy.builder()
                    .endpoint(URI.create("http://%s:%d".formatted(bind, listen)))
                    .awsAuthentication(AuthenticationType.NONE, null, null)
                    .blobStore(BlobStores.create("filesystem-nio2", settings))
                    .ignoreUnknownHeaders(true)
                    .build();
            proxy.start();
            return new LocalObjectStore(proxy, Part.reachable(bind));
        } catch (IOException e) {
            throw new StackException("The S3 store did not start in %s (%s)".formatted(dir, e), e);
        } catch (Exception e) { // the proxy declares no narrower type
            throw new StackException("The S3 store did not start (%s)".formatted(e), e);
        }
    }

    /** {@return the endpoint for S3 clients, which must use path-style addresses} */
    public String url() {
        return "http://%s:%d".formatted(host, proxy.getPort());
    }

    /** {@return the port it listens on} */
    public int port() {
        return proxy.getPort();
    }

    @Override
    public void close() {
        try {
            proxy.stop();
        } catch (Exception e) { // the proxy declares no narrower type
            log.atWarn().setCause(e).log("The S3 store did not stop when asked to");
        }
    }
}
