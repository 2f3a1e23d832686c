package io.sluice.rekognition;

import io.sluice.samplephotos.Person;
import java.nio.file.Path;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A main program for a test that kills it. It starts a server, and indexes one picture without end, each time under
 * another external image id. Once a call was answered, it prints that id.
 */
public final class LoadedServer {
    private static final int CALLERS = 4;

    private LoadedServer() {}

    /** Takes the folder, the first id, and the folder of the models that see real faces, if there are any. */
    public static void main(String[] args) {
        var hasModels = args.length > 2;
        var rekognition = hasModels
                ? LocalRekognition.on(Path.of(args[0]), Path.of(args[2]))
                : LocalRekognition.on(Path.of(args[0]));
        var next = new AtomicInteger(Integer.parseInt(args[1]));
        if (next.get() == 0) {
            rekognition.client().createCollection(request -> request.collectionId("c"));
        }
        var picture = hasModels
                ? SquareFaces.redAndPurple()
                : Drawn.photo(Drawn.people(2, 1).toArray(Person[]::new));
        for (int caller = 0; caller < CALLERS; caller++) {
            Executors.newSingleThreadExecutor().execute(() -> {
                try {
                    while (true) {
                        var id = String.valueOf(next.getAndIncrement());
                        rekognition.index("c", picture, request -> request.externalImageId(id));
                        System.out.println(id);
                    }
                } catch (RuntimeException refused) {
                    refused.printStackTrace();
                    Runtime.getRuntime().halt(1); // or the test would wait for ever
                }
            });
        }
    }
}
