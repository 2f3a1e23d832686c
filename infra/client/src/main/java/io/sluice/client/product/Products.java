package io.sluice.client.product;

import com.fasterxml.jackson.databind.JsonNode;
import io.sluice.client.http.Answer;
import io.sluice.client.http.FilePart;
import io.sluice.client.http.HttpCaller;
import io.sluice.client.http.MultipartForm;
import io.sluice.client.http.UrlText;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.Map;
import java.util.function.Function;

/** The calls for one product. Its fields are {@code product_id, name, description} and, as JSON or text, {@code metadata}. */
public final class Products {
    private static final String PRODUCTS = "/api/v1/products/";

    private final HttpCaller http;

    public Products(HttpCaller http) {
        this.http = http;
    }

    /** Saves a product. The gateway answers 200 when it is searchable, or 202 when that takes too long. */
    public Answer<ProductReceipt> save(Map<String, String> fields) throws IOException {
        return http.json(
                http.request("/api/v1/index-product")
                        .header("Content-Type", "application/x-www-form-urlencoded")
                        .POST(BodyPublishers.ofString(UrlText.query(fields.entrySet()))),
                ProductReceipt::of);
    }

    /** Saves a product with its picture. The gateway answers 202 and names the job. */
    public Answer<ProductReceipt> save(Map<String, String> fields, FilePart picture) throws IOException {
        var form = new MultipartForm();
        fields.forEach(form::field);
        form.file("image_file", picture);
        return http.json(
                http.request("/api/v1/index-product-with-image")
                        .header("Content-Type", form.contentType())
                        .POST(form.body()),
                ProductReceipt::of);
    }

    /** Returns the product from the ledger. */
    public Answer<JsonNode> find(String id) throws IOException {
        return http.json(http.request(PRODUCTS + UrlText.encoded(id)), Function.identity());
    }

    /** Deletes a product. The gateway names the job. */
    public Answer<ProductReceipt> delete(String id) throws IOException {
        return http.json(http.request(PRODUCTS + UrlText.encoded(id)).DELETE(), ProductReceipt::of);
    }
}
