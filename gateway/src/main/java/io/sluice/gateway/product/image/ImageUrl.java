package io.sluice.gateway.product.image;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URLEncoder;

/** The URL of a product's picture. */
public final class ImageUrl {
    private ImageUrl() {}

    /** {@return the path on this server} */
    public static String of(String productId) {
        return "/api/v1/products/" + URLEncoder.encode(productId, UTF_8).replace("+", "%20") + "/image";
    }
}
