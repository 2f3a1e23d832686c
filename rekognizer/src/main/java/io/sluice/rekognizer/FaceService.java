package io.sluice.rekognizer;

import io.sluice.runtime.Dependency;
import java.util.Collection;
import java.util.List;
import java.util.Set;

/**
 * The faces that Rekognition keeps for this deployment, in one collection. The first call makes the collection when it is
 * missing. Every call but {@link #modelVersion} and {@link #delete} is paid for.
 *
 * <p>The calls block, for as long as the call takes and the limits of the account make it wait. Each
 * throws {@link FaceServiceException} when it has no result.
 */
public interface FaceService extends Dependency {
    /** Name of the bean that no limits are put before; only the limits use it. */
    String UNLIMITED = "unlimited";

    /** Rekognition finds no more faces in a picture, and says nothing of the smaller ones. */
    int MOST_FACES = 100;

    /**
     * Finds the faces of a picture, and keeps them for searches. The same picture under the same id keeps no face twice.
     *
     * @param image a JPEG or PNG of at most 5 MB, upright; not copied
     * @param externalImageId names the picture to Rekognition, such as the SHA-256 of its bytes; never a name of a person
     *     or of a file
     * @param maxFaces 1 to {@link #MOST_FACES}; the largest faces are kept
     * @return the faces from the largest to the smallest; none when the picture shows no usable face
     */
    IndexedFaces index(byte[] image, String externalImageId, int maxFaces);

    /**
     * {@return what else decides the result of {@link #index}, beside the picture and the model}
     *
     * <p>Two calls with the same bytes, these parameters and model have the same result.
     */
    static String parametersOfIndex(int maxFaces) {
        return "attributes=DEFAULT,max-faces=" + maxFaces + ",quality=AUTO";
    }

    /**
     * {@return the kept faces that resemble this one, the most similar first, without itself; none when the face is not
     * kept any more}
     *
     * @param threshold the smallest similarity, in percent
     */
    List<FaceMatch> search(String faceId, float threshold);

    /**
     * Removes faces for good.
     *
     * @return those that are gone now, whether this call removed them or they were not there; the others stay
     */
    Set<String> delete(Collection<String> faceIds);

    /**
     * {@return the kept faces of the pictures with this id}
     *
     * <p>Rekognition cannot look for them, so this reads the whole list of faces. It is for the rare case that a process
     * crashed between a call of {@link #index} and its answer.
     */
    List<String> facesOf(String externalImageId);

    /** {@return the model that finds the faces; faces of different models cannot be compared} */
    String modelVersion();

    /** {@inheritDoc} The probe is free. */
    @Override
    default String name() {
        return "rekognition";
    }

    /** {@inheritDoc} Throws what the other calls throw. */
    @Override
    void probe();
}
