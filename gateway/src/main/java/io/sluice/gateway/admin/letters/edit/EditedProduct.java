package io.sluice.gateway.admin.letters.edit;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.sluice.runtime.json.Decoded;
import io.sluice.runtime.json.JsonCodec;
import io.sluice.schemas.Topics;
import io.sluice.schemas.event.InvalidEventException;
import io.sluice.schemas.product.ProductSaved;
import io.sluice.stores.OnDemand;
import io.sluice.web.problem.FieldError;
import io.sluice.web.problem.Problem;
import io.sluice.web.problem.ProblemException;
import jakarta.inject.Singleton;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.util.List;

/** Reads a product that an admin has edited. It must be valid, and have the id that is the key of its record. */
@Singleton
final class EditedProduct {
    private static final String ID = "product_id";

    private final JsonCodec codec;
    /** Reading a schema takes a moment, so the first edit does it. */
    private final OnDemand<SchemaCheck> schema = new OnDemand<>(() -> new SchemaCheck(Topics.PRODUCTS), check -> {});

    EditedProduct(JsonCodec codec) {
        this.codec = codec;
    }

    /**
     * {@return the product}
     *
     * @param key the key of the record
     * @throws ProblemException {@code VALIDATION_FAILED}, with all invalid fields
     */
    ProductSaved read(JsonNode value, byte[] key) {
        var id = text(key);
        var errors = schema.get().errors(value);
        if (!errors.isEmpty()) {
            throw new ProblemException(Problem.ofFields(List.copyOf(errors)));
        }
        var product = decoded(value);
        if (!product.productId().equals(id)) {
            throw refused(new FieldError(ID, "must stay " + id + ", which is the key of the record"));
        }
        return product;
    }

    private ProductSaved decoded(JsonNode value) {
        return switch (codec.decode(ProductSaved.class, bytes(value))) {
            case Decoded.Intact<ProductSaved>(var product) -> product;
            case Decoded.Unreadable<ProductSaved>(var failure) ->
                throw refused(
                        failure.cause() instanceof InvalidEventException invalid
                                ? FieldError.of(invalid)
                                : new FieldError("value", failure.detail()));
        };
    }

    private byte[] bytes(JsonNode value) {
        try {
            return codec.mapper().writeValueAsBytes(value);
        } catch (JsonProcessingException e) {
            throw refused(new FieldError("value", "cannot be written as JSON"));
        }
    }

    private static String text(byte[] key) {
        try {
            return UTF_8.newDecoder().decode(ByteBuffer.wrap(key)).toString();
        } catch (CharacterCodingException e) {
            throw Editable.notEditable("The key of the record is not UTF-8 text, so it is the id of no product.");
        }
    }

    private static ProblemException refused(FieldError error) {
        return new ProblemException(Problem.ofFields(List.of(error)));
    }
}
