package io.sluice.web.value;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class EntityTagTest {
    private final EntityTag tag = EntityTag.of(new byte[] {1, 2, 3});

    @Test
    void sameContentHasTheSameTag() {
        assertThat(EntityTag.of(new byte[] {1, 2, 3})).isEqualTo(tag);
        assertThat(EntityTag.of(new byte[] {1, 2, 4})).isNotEqualTo(tag);
        assertThat(tag.text()).matches("W/\"[A-Za-z0-9_-]{22}\"");
    }

    @Test
    void isFoundAmongTheTagsThatACallerHas() {
        assertThat(tag.isIn(List.of(tag.text()))).isTrue();
        assertThat(tag.isIn(List.of(tag.text().substring(2)))).isTrue();
        assertThat(tag.isIn(List.of("\"a, b\", " + tag.text() + ",W/\"c\""))).isTrue();
        assertThat(tag.isIn(List.of("\"a\"", " * "))).isTrue();
    }

    @Test
    void isNotFoundAmongOtherTags() {
        assertThat(tag.isIn(List.of())).isFalse();
        assertThat(tag.isIn(List.of("", "\"a\"", "W/\"\"", "\"*\""))).isFalse();
        assertThat(tag.isIn(List.of(tag.text().replace("\"", "")))).isFalse();
    }
}
