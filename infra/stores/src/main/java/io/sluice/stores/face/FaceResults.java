package io.sluice.stores.face;

import io.sluice.runtime.Dependency;
import io.sluice.schemas.photo.PhotoFaces.Face;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the provider found in images, kept once for each image however many photos and users refer to it. A
 * rekognizer claims the image before it asks the provider, so that it asks once.
 *
 * <p>A claim and a removal are leases. Their holder renews them while it works; when it has crashed, another process
 * takes them over after {@link #LEASE}. Each call is one transaction, and reads the time from Postgres.
 */
public interface FaceResults extends Dependency {
    /** How long a claim or a removal stays with a process that does not renew it, in seconds. */
    int LEASE = 15;

    /** What a claim leads to. */
    sealed interface Claim {}

    /** What keeping a result leads to. */
    sealed interface Keep {}

    /** What dropping a reference leads to. */
    sealed interface Drop {}

    /** The holder has a newer version; nothing was changed. */
    record Late() implements Claim, Drop {}

    /** Another process asks the provider about the image, or removes its faces. Try again soon. */
    record Busy() implements Claim, Drop {}

    /**
     * The image's faces have to be removed at the provider before anything else: then call {@link #removed}. What
     * matched them is removed already.
     *
     * @param token says who removes them
     * @param faceIds the faces; null when that is not known, because a process crashed while it asked the provider
     */
    record Removal(String sha256, String token, @Nullable List<String> faceIds) implements Claim, Keep, Drop {}

    /**
     * The caller may ask the provider. Then it calls {@link #keep}, or {@link #giveUp}.
     *
     * @param token says who asks
     * @param isFirst whether this is the first question about the image, so that the provider has no face of it
     */
    record Granted(SentImage image, String token, boolean isFirst) implements Claim {}

    /**
     * The result, also when the image has no face.
     *
     * @param searchedWith the threshold of the last search for these faces; null when they were not searched for
     * @param madeAt when the result was kept; another result of the same image has another time
     */
    record Kept(
            String sha256,
            String modelVersion,
            List<Face> faces,
            @Nullable Float searchedWith,
            Instant madeAt) implements Claim, Keep {
        public Kept {
            faces = List.copyOf(faces);
        }
    }

    /** No reference is left that this drop has to care for, and no face. */
    record Gone() implements Drop {}

    /**
     * Lets the holder refer to the image, in place of the one it referred to, and claims the image when its result is
     * not kept. The reference stands unless the answer is {@link Late}.
     */
    Claim claim(ImageHolder holder, long version, SentImage image);

    /**
     * Keeps what the provider found.
     *
     * @return {@link Kept}, or the {@link Removal} of these faces when no photo and no user refers to the image any more
     */
    Keep keep(Granted claim, List<Face> faces);

    /**
     * Frees a claim because the provider did not answer with a result.
     *
     * @param nothingMade whether the provider has certainly made no face for this claim
     */
    void giveUp(Granted claim, boolean nothingMade);

    /** Drops the holder's reference. Say it again until the answer is {@link Gone}, or {@link Late}. */
    Drop drop(ImageHolder holder, long version);

    /** Takes over the removals whose lease is over, and those of images that were claimed and never kept. */
    List<Removal> takeUnfinished(int limit);

    /** The provider has none of these faces any more. */
    void removed(Removal removal);

    /** Frees a removal because the provider did not remove all faces. It is unfinished then. */
    void giveUp(Removal removal);

    /** Renews the leases of claims and removals. */
    void renew(Collection<String> tokens);

    /**
     * These faces were searched for. They are searched for once more later when a user was enrolled a short
     * time ago, whose face the provider may not have found yet.
     */
    void searched(Kept image, float threshold);

    /** {@return images whose faces are due to be searched for once more} */
    List<Kept> dueSearches(int limit);

    /** These faces were searched for once more. */
    void searchedAgain(Kept image);
}
