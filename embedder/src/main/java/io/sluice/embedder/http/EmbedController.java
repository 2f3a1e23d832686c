package io.sluice.embedder.http;

import io.micronaut.http.HttpStatus;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Post;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.sluice.embedder.compute.Lane;
import io.sluice.embedder.compute.ModelWorkers;
import io.sluice.pictures.container.Inspection.Code;
import io.sluice.pictures.decode.ImageRefusedException;
import io.sluice.pictures.decode.Picture;
import io.sluice.runtime.SluiceConfig;
import io.sluice.schemas.embed.EmbedRequest;
import io.sluice.schemas.embed.EmbedResponse;
import io.sluice.schemas.embed.ModelInfo;
import io.sluice.schemas.product.ProductSaved;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/**
 * Makes vectors of queries, with the model that made the vectors of the index. Queries overtake the batches from the
 * topics.
 */
@Controller
@ExecuteOn(TaskExecutors.BLOCKING)
public final class EmbedController {
    /** The largest body in bytes: an image of the largest accepted size in base64, and some more. */
    public static final int MAX_BODY = 24 * 1024 * 1024;

    private static final int MAX_TEXTS = 64;
    private static final int MAX_IMAGES = 8;
    /** The longest text of a product: its name, a separator and its description. */
    private static final int MAX_TEXT = ProductSaved.MAX_NAME + ProductSaved.MAX_DESCRIPTION + 2;

    private final ModelWorkers workers;
    private final String index;

    EmbedController(ModelWorkers workers, SluiceConfig config) {
        this.workers = workers;
        this.index = config.index();
    }

    @Get("/model")
    ModelInfo model() {
        var model = workers.model();
        return new ModelInfo(model.name(), index, model.dimensions(), model.sharedSpace());
    }

    @Post("/embed")
    EmbedResponse embed(@Body EmbedRequest request) {
        check(request);
        var pictures = pictures(request.images());
        var texts = workers.embedTexts(request.texts(), Lane.QUERY);
        var images = workers.embedImages(pictures, Lane.QUERY);
        return new EmbedResponse(workers.model().name(), index, texts, images);
    }

    private static void check(EmbedRequest request) {
        if (request.texts().isEmpty() && request.images().isEmpty()) {
            throw RefusedItem.unusable("NOTHING_TO_EMBED", "texts", "give at least one text or image");
        }
        atMost("texts", request.texts().size(), MAX_TEXTS);
        atMost("images", request.images().size(), MAX_IMAGES);
        for (int i = 0; i < request.texts().size(); i++) {
            var text = request.texts().get(i);
            if (text.isBlank() || text.length() > 2 * MAX_TEXT) {
                throw RefusedItem.unusable(
                        "TEXT_NOT_USABLE", "texts[" + i + "]", "must not be blank or longer than " + MAX_TEXT);
            }
        }
    }

    private static void atMost(String field, int count, int max) {
        if (count > max) {
            throw RefusedItem.unusable("TOO_MANY_ITEMS", field, "must have at most " + max + " items, has " + count);
        }
    }

    private List<Picture> pictures(List<String> images) {
        var pictures = new ArrayList<Picture>();
        for (int i = 0; i < images.size(); i++) {
            pictures.add(picture(images.get(i), "images[" + i + "]"));
        }
        return pictures;
    }

    private Picture picture(String base64, String field) {
        try {
            return workers.decode(Base64.getDecoder().decode(base64), Lane.QUERY);
        } catch (ImageRefusedException e) {
            var status =
                    e.code() == Code.IMAGE_TOO_SLOW ? HttpStatus.SERVICE_UNAVAILABLE : HttpStatus.UNPROCESSABLE_ENTITY;
            throw RefusedItem.because(status, e.code().name(), field, String.valueOf(e.getMessage()));
        } catch (IllegalArgumentException e) {
            throw RefusedItem.unusable("NOT_BASE64", field, "is not base64");
        }
    }
}
