package io.sluice.schemas.product;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.schemas.event.InvalidEventException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProductSavedTest {
    @ParameterizedTest
    @CsvSource({"' ',n,d,product_id", "i,'',d,name", "i,n,'\t',description", ",n,d,product_id"})
    void namesTheFieldThatIsMissingOrBlank(String id, String name, String description, String field) {
        assertThatThrownBy(() -> new ProductSaved(id, name, description, Metadata.empty(), null))
                .isInstanceOfSatisfying(
                        InvalidEventException.class, e -> assertThat(e.field()).isEqualTo(field));
    }

    @Test
    void countsCharactersNotChars() {
        var name = "\uD83D\uDC5F".repeat(ProductSaved.MAX_NAME);
        assertThat(new ProductSaved("i", name, "d", Metadata.empty(), null).name())
                .isEqualTo(name);
        assertThatThrownBy(() -> new ProductSaved("i", name + "x", "d", Metadata.empty(), null))
                .hasMessage("name must have at most 1000 characters, has 1001");
    }

    @Test
    void refusesTheNulCharacterThatPostgresCannotStore() {
        assertThatThrownBy(() -> new ProductSaved("i", "a\0b", "d", Metadata.empty(), null))
                .isInstanceOfSatisfying(
                        InvalidEventException.class,
                        e -> assertThat(e.problem()).isEqualTo("must not contain the NUL character"));
    }
}
