package io.sluice.rekognizer.enrolment;

import io.sluice.pictures.container.ImageInspector;
import io.sluice.pictures.container.ImageInspector.Limits;
import io.sluice.pictures.decode.ImageDecoder;
import io.sluice.rekognizer.FaceThreshold;
import io.sluice.rekognizer.enrolment.FaceEnroller.Users;
import io.sluice.rekognizer.fake.Workbench.Bench;
import io.sluice.runtime.Outcome;
import io.sluice.runtime.Received;
import io.sluice.schemas.face.FaceEnrolled;
import io.sluice.schemas.wire.StoredObject;
import io.sluice.stores.face.FaceEnrolments;
import io.sluice.stores.objects.ObjectStore;
import java.util.function.Function;

/** Enrollers, for tests of other packages. */
public final class Enrollers {
    private Enrollers() {}

    /** {@return what an enroller does with a record} */
    public static Function<Received<FaceEnrolled>, Outcome> of(
            Bench bench, FaceEnrolments enrolments, ObjectStore objects) {
        var users = new Users(enrolments, new FaceThreshold(80));
        return new FaceEnroller(renderer(objects), bench.indexer(), bench.searcher(), bench.forgetter(), users)::handle;
    }

    /** {@return what is sent of a selfie} */
    public static byte[] sent(ObjectStore objects, StoredObject selfie) {
        return renderer(objects).render(selfie);
    }

    private static SelfieRenderer renderer(ObjectStore objects) {
        return new SelfieRenderer(objects, new ImageDecoder(new ImageInspector(Limits.ofDefaults())));
    }
}
