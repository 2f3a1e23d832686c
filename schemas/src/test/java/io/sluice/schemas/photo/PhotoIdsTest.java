package io.sluice.schemas.photo;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PhotoIdsTest {
    private static final String HASH = "a".repeat(64);

    @Test
    void theSameBytesOfTheSameOwnerAreTheSamePhotoForEver() {
        assertThat(PhotoIds.of("anna", HASH))
                .as("the id is in topics and tables")
                .isEqualTo("49dc2eec-2368-5ec3-87ac-06d526c4d284");
    }

    @Test
    void anotherOwnerHasAnotherPhoto() {
        assertThat(PhotoIds.of("anna", HASH)).isNotEqualTo(PhotoIds.of("bert", HASH));
    }
}
