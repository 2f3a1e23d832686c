package io.sluice.schemas;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Field;
import java.util.Arrays;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class TopicsTest {
    /** No pipeline reads them: they have no dead letters. */
    private static final Set<Topic<?>> WITHOUT_PIPELINE =
            Set.of(Topics.JOB_EVENTS, Topics.JOBS, Topics.PIPELINE_CONTROLS, Topics.PIPELINE_STATUS);

    @Test
    void theDeadLettersOfEveryTopicAreFound() throws IllegalAccessException {
        var topics = Stream.<Topic<?>>builder();
        for (Field field : Topics.class.getFields()) {
            if (field.get(null) instanceof Topic<?> topic && !WITHOUT_PIPELINE.contains(topic)) {
                topics.add(topic);
            }
        }
        topics.add(Topics.productVectors("builtin-1")).add(Topics.productVectors("clip-vit-b-32.x-12"));

        assertThat(topics.build()).hasSizeGreaterThan(4).allSatisfy(topic -> {
            var found = Topics.allDeadLetters().matcher(Topics.deadLetters(topic.name(), "row-indexer"));
            assertThat(found.matches()).as(topic.name()).isTrue();
            assertThat(found.group("topic")).isEqualTo(topic.name());
            assertThat(found.group("processor")).isEqualTo("row-indexer");
        });
    }

    @Test
    void theTopicsOfAnotherDeploymentAreNotFound() {
        var others = Arrays.asList(
                "t1.products.v1.embedder.dlq",
                "x-product-vectors.builtin-1.v1.indexer.dlq",
                "products.v1",
                "products.v1.embedder-builtin-1.retry-10s",
                "products.v1.embedder.dlq.copy",
                "productsxv1.embedder.dlq");

        assertThat(others)
                .allSatisfy(
                        name -> assertThat(Topics.allDeadLetters().matcher(name).matches())
                                .as(name)
                                .isFalse());
    }
}
