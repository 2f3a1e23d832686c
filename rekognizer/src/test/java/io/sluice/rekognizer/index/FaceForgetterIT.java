package io.sluice.rekognizer.index;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.sluice.rekognizer.FaceService;
import io.sluice.rekognizer.fake.Workbench;
import io.sluice.schemas.wire.Sha256;
import io.sluice.stores.face.ImageHolder;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
class FaceForgetterIT {
    private final Workbench workbench = new Workbench();

    @AfterEach
    void close() {
        workbench.close();
    }

    /** Otherwise another rekognizer would take over those that wait. */
    @Test
    void renewsTheLeasesOfAllRemovalsWhileTheProviderIsSlowWithOne() throws Exception {
        var mayDelete = new CountDownLatch(1);
        try (var bench = workbench.bench(workbench.tables, slow(mayDelete));
                var thread = Executors.newSingleThreadExecutor()) {
            leaveUnfinished(bench, "party", "lake");

            var finished = thread.submit(() -> bench.forgetter().finish());
            try {
                await().until(() -> held().size() == 2);
                var taken = held();
                await().atMost(Duration.ofSeconds(60)).until(() -> {
                    var renewed = held();
                    return renewed.size() == 2 && renewed.stream().noneMatch(taken::contains);
                });
            } finally {
                mayDelete.countDown();
            }
            finished.get();

            assertThat(workbench.faces.images()).isEmpty();
            assertThat(workbench.column("SELECT sha256 FROM face_results")).isEmpty();
        }
    }

    /** {@return until when the leases of removals last that are not over} */
    private List<String> held() {
        return workbench.column(
                "SELECT held_until FROM face_results WHERE state = 'removing' AND held_until > clock_timestamp()");
    }

    /** The provider fails while the faces of these pictures are deleted. */
    private void leaveUnfinished(Workbench.Bench bench, String... pictures) {
        for (var name : pictures) {
            var picture = workbench.faces.shows(name.getBytes(UTF_8), "anna");
            bench.indexer().index(ImageHolder.photo(name), 1, Sha256.of(picture), () -> picture);
        }
        workbench.faces.failWith(new IllegalStateException("the provider is away"));
        for (var name : pictures) {
            assertThatThrownBy(() -> bench.forgetter().forget(ImageHolder.photo(name), 2))
                    .hasMessage("the provider is away");
        }
        workbench.faces.failWith(null);
    }

    /** {@return the faces of the workbench; a deletion that will succeed waits before} */
    private FaceService slow(CountDownLatch mayDelete) {
        return (FaceService) Proxy.newProxyInstance(
                FaceService.class.getClassLoader(), new Class<?>[] {FaceService.class}, (self, method, args) -> {
                    try {
                        if (method.getName().equals("delete")) {
                            workbench.faces.probe();
                            mayDelete.await();
                        }
                        return method.invoke(workbench.faces, args);
                    } catch (InvocationTargetException e) {
                        throw Objects.requireNonNull(e.getCause());
                    }
                });
    }
}
