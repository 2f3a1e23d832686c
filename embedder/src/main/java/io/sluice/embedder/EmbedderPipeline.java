package io.sluice.embedder;

import io.micronaut.context.annotation.Factory;
import io.sluice.runtime.Pipeline;
import io.sluice.runtime.RetryPolicy;
import io.sluice.runtime.SluiceConfig;
import io.sluice.schemas.Topics;
import io.sluice.schemas.job.JobKind;
import io.sluice.schemas.product.ProductSaved;
import io.sluice.stores.objects.ObjectStore;
import io.sluice.stores.objects.S3Errors;
import jakarta.inject.Singleton;

/** products.v1 → embed → product-vectors.(index).v1 */
@Factory
final class EmbedderPipeline {
    private static final String NAME = "embedder";

    @Singleton
    Pipeline<ProductSaved> pipeline(
            ProductEmbedder embedder, ObjectStore images, EmbedderConfig config, SluiceConfig sluice) {
        return Pipeline.named(NAME)
                .inGroup(Topics.embedderGroup(sluice.index()))
                .from(Topics.PRODUCTS)
                .inBatchesOf(config.batchSize())
                .emits(Topics.productVectors(sluice.index()))
                .reports(JobKind.PRODUCT, "embedded")
                .dependsOn(images)
                .translating(new ImageErrors().or(new S3Errors()))
                .handledBy(embedder, RetryPolicy.ofDefaults());
    }
}
