package io.sluice.qdrant;

import static io.sluice.qdrant.Samples.point;
import static io.sluice.qdrant.Samples.upsert;

import io.qdrant.client.grpc.Collections.Distance;
import java.nio.file.Path;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A main program for a test that kills it. It starts a server, writes points to it without end, and prints each id once
 * its write was answered.
 */
public final class LoadedServer {
    private static final int WRITERS = 4;
    static final int POINTS_PER_WRITE = 3;

    private LoadedServer() {}

    /** Takes the folder, and the first id to write. */
    public static void main(String[] args) {
        var qdrant = LocalQdrant.on(Path.of(args[0]));
        var next = new AtomicLong(Long.parseLong(args[1]));
        if (next.get() == 0) {
            Samples.collection(qdrant, "c", 64, Distance.Cosine);
        }
        for (int writer = 0; writer < WRITERS; writer++) {
            Executors.newSingleThreadExecutor().execute(() -> writeForEver(qdrant, next));
        }
    }

    private static void writeForEver(LocalQdrant qdrant, AtomicLong next) {
        while (true) {
            var first = next.getAndAdd(POINTS_PER_WRITE);
            var request = upsert("c");
            for (long id = first; id < first + POINTS_PER_WRITE; id++) {
                request.addPoints(point(id, vector(id), "first", (int) first));
            }
            qdrant.points().upsert(request.build());
            for (long id = first; id < first + POINTS_PER_WRITE; id++) {
                System.out.println(id);
            }
        }
    }

    static float[] vector(long id) {
        var random = new java.util.Random(id);
        var vector = new float[64];
        for (int i = 0; i < vector.length; i++) {
            vector[i] = random.nextFloat() - 0.5f;
        }
        return vector;
    }
}
