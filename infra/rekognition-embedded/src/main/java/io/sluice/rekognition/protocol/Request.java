package io.sluice.rekognition.protocol;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.BinaryNode;
import com.fasterxml.jackson.databind.node.JsonNodeType;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * The members of a request, or of a structure in it. Each method reads one member and refuses a value that the protocol
 * does not allow: of another type with SerializationException, out of bounds with InvalidParameterException. As in AWS,
 * members that the operation does not have are ignored.
 */
public final class Request {
    private static final int MOST_FACES = 4096;
    private static final double BEST = 100;

    private final JsonNode members;
    private final String path;

    private Request(JsonNode members, String path) {
        this.members = members;
        this.path = path;
    }

    /** {@return the request with this body} */
    public static Request of(JsonNode body) {
        return new Request(body, "");
    }

    public String collectionId() {
        return TextRule.COLLECTION_ID.check(
                path("CollectionId"),
                required("CollectionId", JsonNodeType.STRING).textValue());
    }

    public Optional<String> externalImageId() {
        return text("ExternalImageId", TextRule.EXTERNAL_IMAGE_ID);
    }

    public String faceId() {
        return TextRule.FACE_ID.check(
                path("FaceId"), required("FaceId", JsonNodeType.STRING).textValue());
    }

    /** {@return one face id at least} */
    public List<String> faceIds() {
        required("FaceIds", JsonNodeType.ARRAY);
        return someFaceIds().orElseThrow();
    }

    /** {@return the face ids, if any are named} */
    public Optional<List<String>> someFaceIds() {
        return array("FaceIds").map(all -> {
            if (all.isEmpty() || all.size() > MOST_FACES) {
                throw TextRule.violation(
                        path("FaceIds"),
                        "[" + all.size() + " face ids]",
                        "Member must have length between 1 and " + MOST_FACES);
            }
            all.forEach(id -> TextRule.FACE_ID.check(path("FaceIds"), id));
            return all;
        });
    }

    /** {@return the picture in the member of this name} */
    public ImageSource image(String name) {
        var image = new Request(required(name, JsonNodeType.OBJECT), path(name) + '.');
        var bytes = image.find("Bytes", JsonNodeType.BINARY);
        var object = image.find("S3Object", JsonNodeType.OBJECT);
        if (bytes.isPresent() == object.isPresent()) {
            throw ApiError.INVALID_PARAMETER.rejection("%s must have either Bytes or S3Object".formatted(name));
        }
        if (bytes.isPresent() && bytes.get() instanceof BinaryNode content) {
            return ImageSource.Bytes.of(path(name) + ".bytes", content.binaryValue());
        }
        return new Request(object.orElseThrow(), path(name) + ".s3Object.").objectSource();
    }

    private ImageSource objectSource() {
        return new ImageSource.StoredObject(
                text("Bucket", TextRule.BUCKET).orElseThrow(() -> isNull("Bucket")),
                text("Name", TextRule.OBJECT_NAME).orElseThrow(() -> isNull("Name")),
                text("Version", TextRule.OBJECT_NAME));
    }

    /** {@return how many faces the caller wants at most} */
    public int maxFaces(int orElse, int most) {
        return number("MaxFaces", 1, most).map(Double::intValue).orElse(orElse);
    }

    /** {@return how many entries a page has at most} */
    public int pageSize() {
        return number("MaxResults", 0, MOST_FACES)
                .map(Double::intValue)
                .filter(size -> size > 0)
                .orElse(MOST_FACES);
    }

    public Optional<String> nextToken() {
        return text("NextToken", TextRule.PAGINATION_TOKEN).filter(token -> !token.isEmpty());
    }

    /** {@return the similarity in percent that a match has at least} */
    public double threshold(String name) {
        return number(name, 0, BEST).orElse(80.0);
    }

    /** {@return the quality that a face must have} */
    public QualityFilter qualityFilter(QualityFilter orElse) {
        return text("QualityFilter", TextRule.PAGINATION_TOKEN)
                .map(text -> choice("QualityFilter", text, QualityFilter.class))
                .orElse(orElse);
    }

    /** {@return the attributes of a face that are wanted beside those that are always answered} */
    public Set<Attribute> attributes(String name) {
        var chosen = EnumSet.noneOf(Attribute.class);
        array(name).ifPresent(all -> all.forEach(text -> chosen.add(choice(name, text, Attribute.class))));
        return chosen.contains(Attribute.ALL) ? EnumSet.allOf(Attribute.class) : chosen;
    }

    /** Refuses a member that this stand-in does not support, so that nothing is ignored in silence. */
    public void refuse(String name) {
        if (!members.path(name).isMissingNode() && !members.path(name).isNull()) {
            throw ApiError.INVALID_PARAMETER.rejection(name + " is not supported by this stand-in");
        }
    }

    private <E extends Enum<E>> E choice(String name, String text, Class<E> type) {
        for (var constant : type.getEnumConstants()) {
            if (constant.name().equals(text)) {
                return constant;
            }
        }
        throw TextRule.violation(
                path(name), text, "Member must satisfy enum value set: " + List.of(type.getEnumConstants()));
    }

    private Optional<String> text(String name, TextRule rule) {
        return find(name, JsonNodeType.STRING).map(node -> rule.check(path(name), node.textValue()));
    }

    private Optional<Double> number(String name, double min, double max) {
        return find(name, JsonNodeType.NUMBER).map(node -> {
            var value = node.doubleValue();
            if (value < min) {
                throw TextRule.violation(
                        path(name), node, "Member must have value greater than or equal to " + (long) min);
            }
            if (value > max) {
                throw TextRule.violation(
                        path(name), node, "Member must have value less than or equal to " + (long) max);
            }
            return value;
        });
    }

    private Optional<List<String>> array(String name) {
        return find(name, JsonNodeType.ARRAY).map(array -> {
            var all = new ArrayList<String>();
            for (var element : array) {
                if (!element.isTextual()) {
                    throw ApiError.SERIALIZATION.rejection(name + " is not an array of strings");
                }
                all.add(element.textValue());
            }
            return all;
        });
    }

    private JsonNode required(String name, JsonNodeType type) {
        return find(name, type).orElseThrow(() -> isNull(name));
    }

    private Optional<JsonNode> find(String name, JsonNodeType type) {
        var value = members.get(name);
        if (value == null || value.isNull()) {
            return Optional.empty();
        }
        if (value.getNodeType() != type) {
            throw ApiError.SERIALIZATION.rejection("%s is %s, not %s"
                    .formatted(name, value.getNodeType(), type)
                    .toLowerCase(Locale.ROOT));
        }
        return Optional.of(value);
    }

    private Rejection isNull(String name) {
        return TextRule.violation(path(name), "null", "Member must not be null");
    }

    private String path(String name) {
        return path + Character.toLowerCase(name.charAt(0)) + name.substring(1);
    }
}
