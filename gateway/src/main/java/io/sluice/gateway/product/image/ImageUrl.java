package io.sluice.gateway.product.image;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URLEncoder;
import java.util.Set;

/** The URL of a product's picture. */
public final class ImageUrl {
    /** The path that takes the id in the query. */
    public static final String BY_QUERY = "/api/v1/product-image";

    /** The parameter of {@link #BY_QUERY}. */
    public static final String PRODUCT_ID = "product_id";

    /** No path can have them: browsers and curl leave such a segment out, also when it is escaped (RFC 3986, 5.2.4). */
    private static final Set<String> DOT_SEGMENTS = Set.of(".", "..");

    private ImageUrl() {}

    /** {@return the path on this server, which has the id in its query when no path can have it} */
    public static String of(String productId) {
        return DOT_SEGMENTS.contains(productId)
                ? BY_QUERY + "?" + PRODUCT_ID + "=" + productId
                : "/api/v1/products/" + URLEncoder.encode(productId, UTF_8).replace("+", "%20") + "/image";
    }
}
