package io.sluice.rekognizer.fake;

import io.sluice.rekognizer.FaceService;

class InMemoryFacesTest extends FaceServiceContract {
    private final InMemoryFaces faces = new InMemoryFaces();

    @Override
    protected FaceService service() {
        return faces;
    }

    @Override
    protected byte[] picture(int number, String... people) {
        return faces.shows(new byte[] {(byte) number}, people);
    }
}
