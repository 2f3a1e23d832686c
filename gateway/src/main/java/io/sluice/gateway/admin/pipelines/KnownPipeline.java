package io.sluice.gateway.admin.pipelines;

import io.sluice.schemas.Topic;
import io.sluice.schemas.Topics;
import io.sluice.schemas.pipeline.PipelineReport;
import java.util.List;
import java.util.Optional;

/**
 * A pipeline that should run, or that an instance has reported.
 *
 * @param name the public name: the processor's name, with {@code @<index>} for an index that searches do not read
 * @param topic the topic that it reads, without the deployment's prefix
 * @param group the consumer group, without the deployment's prefix
 */
record KnownPipeline(String name, String service, String topic, String group) {
    private static final String EMBEDDER = "embedder";
    private static final String INDEXER = "indexer";
    private static final String REKOGNIZER = "rekognizer";

    /** {@return the pipelines that every deployment has, also while none of their instances runs} */
    static List<KnownPipeline> always(String activeIndex) {
        return List.of(
                new KnownPipeline(EMBEDDER, EMBEDDER, Topics.PRODUCTS.name(), EMBEDDER + "-" + activeIndex),
                new KnownPipeline(
                        INDEXER, INDEXER, Topics.productVectors(activeIndex).name(), INDEXER + "-" + activeIndex),
                forAll("row-indexer", INDEXER, Topics.IMPORT_ROWS),
                forAll(Topics.PHOTO_PREPARER, EMBEDDER, Topics.PHOTOS),
                forAll(Topics.PHOTO_INDEXER, INDEXER, Topics.PHOTOS),
                forAll(Topics.PREPARED_PHOTO_INDEXER, INDEXER, Topics.PREPARED_PHOTOS),
                forAll(Topics.FACE_INDEXER, INDEXER, Topics.PHOTO_FACES),
                forAll("importer", "importer", Topics.IMPORTS));
    }

    /** {@return the pipelines that a deployment has while faces are on} */
    static List<KnownPipeline> ofFaces() {
        return List.of(
                forAll(Topics.REKOGNIZER, REKOGNIZER, Topics.PREPARED_PHOTOS),
                forAll(Topics.FACE_ENROLLER, REKOGNIZER, Topics.FACE_ENROLMENTS));
    }

    /** {@return a pipeline whose work is for all indexes; its group has its name} */
    private static KnownPipeline forAll(String name, String service, Topic<?> topic) {
        return new KnownPipeline(name, service, topic.name(), name);
    }

    /** {@return the pipeline that an admin paused, which no instance reports; empty when there is none of the name} */
    static Optional<KnownPipeline> named(String name) {
        var at = name.indexOf('@');
        return at < 0
                ? Optional.empty()
                : always(name.substring(at + 1)).stream()
                        .filter(pipeline -> pipeline.name().equals(name.substring(0, at)))
                        .map(pipeline ->
                                new KnownPipeline(name, pipeline.service(), pipeline.topic(), pipeline.group()))
                        .findFirst();
    }

    /** {@return the pipeline that an instance reported} */
    static KnownPipeline of(PipelineReport report, String activeIndex) {
        var isActive = report.index() == null || report.index().equals(activeIndex);
        return new KnownPipeline(
                isActive ? report.pipeline() : report.pipeline() + "@" + report.index(),
                report.service(),
                report.topic(),
                report.group());
    }

    /** {@return the name of its processor, which is the name in its dead-letter topic} */
    String processor() {
        return name.replaceFirst("@.*", "");
    }

    /** {@return what the names of its retry topics begin with, without the deployment's prefix} */
    String retryTopics() {
        return Topics.retries(topic, group, "retry-");
    }
}
