package io.sluice.gateway.photo;

import io.micronaut.core.io.buffer.ByteArrayBufferFactory;
import io.micronaut.core.io.buffer.ReadBuffer;
import io.micronaut.http.HttpMethod;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.body.ByteBody;
import io.micronaut.http.body.ByteBodyFactory;
import io.micronaut.scheduling.TaskExecutors;
import io.sluice.gateway.config.GatewayConfig;
import io.sluice.gateway.photo.file.ByteRange;
import io.sluice.gateway.photo.file.Download;
import io.sluice.gateway.photo.file.ServedFile;
import io.sluice.gateway.shelf.ObjectShelf;
import io.sluice.schemas.wire.StoredObject;
import io.sluice.stores.objects.ObjectStore;
import io.sluice.web.ClientConnection;
import io.sluice.web.body.BodyMemory;
import io.sluice.web.problem.ProblemException;
import jakarta.inject.Named;
import jakarta.inject.Singleton;
import java.util.OptionalLong;
import java.util.concurrent.ExecutorService;
import reactor.core.publisher.Flux;
import reactor.core.publisher.SynchronousSink;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/** Sends the files of photos to callers, from the object store, at the speed of each caller. */
@Singleton
final class PhotoFiles {
    /** For the pieces of all downloads: 128 callers who read slowly, and many more small pictures. */
    private static final long MEMORY = 32L * 1024 * 1024;

    private static final ByteBodyFactory BODIES = ByteBodyFactory.createDefault(ByteArrayBufferFactory.INSTANCE);

    private final ObjectShelf shelf;
    private final BodyMemory memory;
    private final Scheduler threads;

    PhotoFiles(ObjectShelf shelf, GatewayConfig config, @Named(TaskExecutors.BLOCKING) ExecutorService threads) {
        this.shelf = shelf;
        this.memory = new BodyMemory(MEMORY, config.uploadPatience());
        this.threads = Schedulers.fromExecutor(threads);
    }

    /**
     * {@return the answer to a call for a file}
     *
     * @throws ProblemException when the store does not have the file, has other bytes, or does not answer, and when
     *     there is no memory for another download
     */
    HttpResponse<?> answer(HttpRequest<?> request, ServedFile file) {
        return file.answer(request, part -> body(request, begin(file.object(), part), part.length()));
    }

    private Download begin(StoredObject file, ByteRange.Part part) {
        try {
            return Download.begin(file, part, (first, length) -> shelf.fetchPart(file, first, length), memory);
        } catch (ObjectStore.ObjectMissingException | ObjectStore.ObjectCorruptException e) {
            throw new ProblemException(
                    PhotoProblem.PHOTO_FILE_MISSING, "The file is not in the store as it was stored.", e);
        }
    }

    /** The server closes the body when the caller has it all. It does not when the caller leaves before it begins. */
    private ByteBody body(HttpRequest<?> request, Download download, long length) {
        if (request.getMethod() == HttpMethod.HEAD) {
            download.close();
            return BODIES.createEmpty();
        }
        ClientConnection.cancelWhenClosed(request, download.ended());
        var pieces = Flux.<ReadBuffer>generate(sink -> next(download, sink))
                .subscribeOn(threads)
                .doFinally(end -> download.close());
        return BODIES.adapt(pieces, OptionalLong.of(length));
    }

    /** An exception ends the connection, so the caller notices that the file is not complete. */
    private static void next(Download download, SynchronousSink<ReadBuffer> sink) {
        var piece = download.next();
        if (piece == null) {
            sink.complete();
        } else {
            sink.next(BODIES.readBufferFactory().adapt(piece));
        }
    }
}
