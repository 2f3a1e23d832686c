package io.sluice.rekognition.api;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sluice.rekognition.face.Box;
import io.sluice.rekognition.face.Face;
import io.sluice.rekognition.protocol.Attribute;
import io.sluice.rekognition.store.StoredFace;
import java.util.Set;

/** Faces as answers show them. */
final class FaceDetails {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private FaceDetails() {}

    static ObjectNode of(Box box) {
        return JSON.objectNode()
                .put("Width", (float) box.width())
                .put("Height", (float) box.height())
                .put("Left", (float) box.left())
                .put("Top", (float) box.top());
    }

    /**
     * {@return a face of a collection, without what it is compared by}
     *
     * @param modelVersion of the models that this server sees with
     */
    static ObjectNode of(StoredFace face, String modelVersion) {
        var node = JSON.objectNode()
                .put("FaceId", face.faceId())
                .put("ImageId", face.imageId())
                .put("Confidence", (float) face.confidence())
                .put("IndexFacesModelVersion", modelVersion);
        if (face.externalImageId() != null) {
            node.put("ExternalImageId", face.externalImageId());
        }
        return node.set("BoundingBox", of(face.box()));
    }

    /** {@return a face of a picture with the attributes that the caller wants} */
    static ObjectNode of(Face face, Set<Attribute> attributes) {
        var detail = of(face, attributes.contains(Attribute.ALL) ? Landmarks.all(face) : Landmarks.five(face));
        Looks.of(face).addTo(detail, attributes);
        return detail;
    }

    /** {@return a face of a picture with what is answered about every face} */
    static ObjectNode compared(Face face) {
        return of(face, Landmarks.five(face));
    }

    private static ObjectNode of(Face face, ArrayNode landmarks) {
        var detail = JSON.objectNode().put("Confidence", (float) face.confidence());
        detail.set("BoundingBox", of(face.box()));
        detail.set("Landmarks", landmarks);
        detail.putObject("Pose").put("Roll", (float) face.roll()).put("Yaw", 0f).put("Pitch", 0f);
        detail.putObject("Quality").put("Brightness", (float) face.brightness()).put("Sharpness", (float)
                face.sharpness());
        return detail;
    }
}
