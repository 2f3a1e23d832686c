package io.sluice.rekognition;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.sun.net.httpserver.HttpServer;
import io.sluice.samplephotos.CameraData;
import io.sluice.samplephotos.Person;
import io.sluice.samplephotos.SamplePhotos;
import io.sluice.samplephotos.Turn;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.rekognition.model.Attribute;
import software.amazon.awssdk.services.rekognition.model.FaceDetail;
import software.amazon.awssdk.services.rekognition.model.Image;
import software.amazon.awssdk.services.rekognition.model.ImageTooLargeException;
import software.amazon.awssdk.services.rekognition.model.InvalidParameterException;
import software.amazon.awssdk.services.rekognition.model.InvalidS3ObjectException;

/** The operations that know no collection, and pictures in the object store. */
class PicturesIT {
    private static final List<Person> PEOPLE = Drawn.people(3, 5);
    private static final Person ANN = PEOPLE.get(0);
    private static final Person BOB = PEOPLE.get(1);

    @TempDir
    Path folder;

    private HttpServer objects;
    private LocalRekognition rekognition;

    @BeforeEach
    void start() throws Exception {
        objects = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        objects.start();
        var address = URI.create("http://127.0.0.1:" + objects.getAddress().getPort());
        rekognition = LocalRekognition.on(
                new RekognitionServer.Config("127.0.0.1", 0, folder, () -> Optional.of(address), null));
    }

    @AfterEach
    void stop() {
        rekognition.close();
        objects.stop(0);
    }

    private void keep(String path, byte[] content) {
        objects.createContext(path, exchange -> {
            try (exchange) {
                exchange.sendResponseHeaders(200, content.length);
                exchange.getResponseBody().write(content);
            }
        });
    }

    private static Image object(String name) {
        return Image.builder()
                .s3Object(object -> object.bucket("photos").name(name))
                .build();
    }

    private List<FaceDetail> detected(byte[] picture, Attribute... attributes) {
        return rekognition
                .client()
                .detectFaces(request ->
                        request.image(LocalRekognition.image(picture)).attributes(attributes))
                .faceDetails();
    }

    @Test
    void aFaceIsDescribedShortlyUnlessMoreIsWanted() {
        assertThat(detected(Drawn.photo(ANN))).singleElement().satisfies(face -> {
            assertThat(face.confidence()).isGreaterThan(90);
            assertThat(face.boundingBox().width()).isPositive();
            assertThat(face.landmarks())
                    .extracting(mark -> mark.typeAsString())
                    .containsExactly("eyeLeft", "eyeRight", "mouthLeft", "mouthRight", "nose");
            assertThat(face.pose()).isNotNull();
            assertThat(face.quality()).isNotNull();
            assertThat(face.ageRange()).isNull();
            assertThat(face.emotions()).isEmpty();
        });
    }

    @Test
    void allAttributesHaveTheDocumentedShapes() {
        var face = detected(Drawn.photo(ANN), Attribute.ALL).getFirst();

        assertThat(face.ageRange().low()).isLessThan(face.ageRange().high());
        assertThat(List.of(
                        face.smile().confidence(),
                        face.eyeglasses().confidence(),
                        face.sunglasses().confidence(),
                        face.beard().confidence(),
                        face.mustache().confidence(),
                        face.eyesOpen().confidence(),
                        face.mouthOpen().confidence(),
                        face.faceOccluded().confidence(),
                        face.gender().confidence(),
                        face.eyeDirection().confidence()))
                .allMatch(confidence -> confidence >= 90 && confidence <= 100);
        assertThat(face.gender().valueAsString()).isIn("Male", "Female");
        assertThat(face.emotions())
                .hasSize(8)
                .first()
                .satisfies(mood -> assertThat(mood.confidence()).isGreaterThan(50));
        assertThat(face.landmarks())
                .hasSize(30)
                .extracting(mark -> mark.typeAsString())
                .doesNotHaveDuplicates();
    }

    @Test
    void theSamePersonAlwaysLooksTheSame() {
        var here = detected(Drawn.photo(1, ANN), Attribute.ALL).getFirst();
        var there = detected(Drawn.photo(2, ANN), Attribute.AGE_RANGE, Attribute.GENDER)
                .getFirst();

        assertThat(there.ageRange()).isEqualTo(here.ageRange());
        assertThat(there.gender()).isEqualTo(here.gender());
        assertThat(there.smile()).isNull();
        assertThat(there.landmarks()).hasSize(5);
    }

    @Test
    void aPhotoOfATurnedCameraIsSeenUpright() {
        var sample = SamplePhotos.of(1, 1, 9).selfies().getFirst();
        var camera = new CameraData(
                Turn.RIGHT, sample.camera().takenAt(), sample.camera().offset(), null);

        var upright = detected(sample.jpeg()).getFirst();
        var turned = detected(sample.with(camera).jpeg()).getFirst();

        assertThat(turned.pose().roll()).isZero();
        assertThat(turned.boundingBox().left()).isCloseTo(upright.boundingBox().left(), within(0.01f));
        assertThat(turned.boundingBox().height())
                .isCloseTo(upright.boundingBox().height(), within(0.01f));
    }

    @Test
    void theLargestFaceOfTheSourceIsComparedWithEachOfTheTarget() {
        var compared = rekognition
                .client()
                .compareFaces(request -> request.sourceImage(LocalRekognition.image(Drawn.photo(1, ANN)))
                        .targetImage(LocalRekognition.image(Drawn.photo(2, PEOPLE.toArray(Person[]::new)))));

        assertThat(compared.sourceImageFace().confidence()).isGreaterThan(90);
        assertThat(compared.sourceImageFace().boundingBox().width()).isPositive();
        assertThat(compared.faceMatches()).singleElement().satisfies(match -> {
            assertThat(match.similarity()).isGreaterThan(99);
            assertThat(match.face().boundingBox().left()).isLessThan(0.4f);
            assertThat(match.face().landmarks()).hasSize(5);
            assertThat(match.face().quality()).isNotNull();
        });
        assertThat(compared.unmatchedFaces()).hasSize(2);
        assertThat(compared.sourceImageOrientationCorrection()).isNull();
    }

    @Test
    void aComparisonNeedsAFaceOnBothPictures() {
        var face = LocalRekognition.image(Drawn.photo(ANN));
        var nothing = LocalRekognition.image(Drawn.blank(100, 100));
        var client = rekognition.client();

        assertThatThrownBy(() ->
                        client.compareFaces(request -> request.sourceImage(face).targetImage(nothing)))
                .isInstanceOf(InvalidParameterException.class);
        assertThatThrownBy(() -> client.compareFaces(
                        request -> request.sourceImage(nothing).targetImage(face)))
                .isInstanceOf(InvalidParameterException.class);
    }

    @Test
    void aPictureCanBeInTheObjectStore() {
        keep("/photos/2026/a photo+more.jpg", Drawn.photo(ANN, BOB));

        assertThat(rekognition
                        .client()
                        .detectFaces(request -> request.image(object("2026/a photo+more.jpg")))
                        .faceDetails())
                .hasSize(2);
    }

    @Test
    void anObjectThatIsMissingOrTooLargeIsRefused() {
        keep("/photos/large", new byte[(15 << 20) + 1]);
        var client = rekognition.client();

        assertThatThrownBy(() -> client.detectFaces(request -> request.image(object("missing"))))
                .isInstanceOf(InvalidS3ObjectException.class)
                .hasMessageContaining("Unable to get object metadata from S3");
        assertThatThrownBy(() -> client.detectFaces(request -> request.image(object("large"))))
                .isInstanceOf(ImageTooLargeException.class);
    }
}
