package io.sluice.gateway.admin.pipelines;

import static java.util.stream.Collectors.toMap;

import io.sluice.gateway.problem.GatewayProblem;
import io.sluice.runtime.FacesConfig;
import io.sluice.runtime.control.PipelineControls;
import io.sluice.runtime.kafka.ConsumerGroups;
import io.sluice.runtime.kafka.ConsumerGroups.Standing;
import io.sluice.runtime.kafka.TopicNames;
import io.sluice.schemas.pipeline.PipelineControl;
import io.sluice.schemas.pipeline.PipelineReport;
import io.sluice.web.problem.ProblemException;
import jakarta.inject.Singleton;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.common.KafkaException;

/** Finds the pipelines of all services, and their status. */
@Singleton
final class PipelineLookup {
    private final ActiveIndex index;
    private final InstanceReports reports;
    private final PipelineControls controls;
    private final ConsumerGroups groups;
    private final TopicNames names;
    private final FacesConfig faces;

    PipelineLookup(
            ActiveIndex index,
            InstanceReports reports,
            PipelineControls controls,
            ConsumerGroups groups,
            TopicNames names,
            FacesConfig faces) {
        this.index = index;
        this.reports = reports;
        this.controls = controls;
        this.groups = groups;
        this.names = names;
        this.faces = faces;
    }

    /**
     * {@return all pipelines, by name: those that every deployment has, and those of other indexes that instances report
     * or admins have paused}
     */
    Map<String, KnownPipeline> known() {
        var active = index.name();
        var known = new LinkedHashMap<String, KnownPipeline>();
        KnownPipeline.always(active).forEach(pipeline -> known.put(pipeline.name(), pipeline));
        if (faces.areOn()) {
            KnownPipeline.ofFaces().forEach(pipeline -> known.put(pipeline.name(), pipeline));
        }
        reports.all().stream()
                .map(report -> KnownPipeline.of(report, active))
                .forEach(pipeline -> known.putIfAbsent(pipeline.name(), pipeline));
        controls.decisions().values().stream()
                .filter(PipelineControl::paused)
                .flatMap(control -> KnownPipeline.named(control.pipeline()).stream())
                .forEach(pipeline -> known.putIfAbsent(pipeline.name(), pipeline));
        return known;
    }

    /**
     * {@return these pipelines and their status}
     *
     * @param deadLetters the open dead letters of each processor; empty when they are not known
     * @throws ProblemException when Kafka does not answer
     */
    List<PipelineView> views(Collection<KnownPipeline> pipelines, Optional<Map<String, Long>> deadLetters) {
        try {
            var topics = groups.topics();
            var wanted = pipelines.stream()
                    .collect(toMap(pipeline -> names.group(pipeline.group()), pipeline -> topicsOf(pipeline, topics)));
            var standings = groups.standings(wanted);
            return pipelines.stream()
                    .map(pipeline -> view(
                            pipeline,
                            standings.getOrDefault(names.group(pipeline.group()), Standing.NOWHERE),
                            deadLetters))
                    .toList();
        } catch (KafkaException e) {
            throw new ProblemException(
                    GatewayProblem.KAFKA_UNAVAILABLE,
                    "Kafka does not say how far the pipelines are; try again in a moment.",
                    e);
        }
    }

    /** {@return the existing topics that the pipeline reads, as the brokers call them} */
    private Set<String> topicsOf(KnownPipeline pipeline, Set<String> topics) {
        var retries = names.of(pipeline.retryTopics());
        var own = new HashSet<String>();
        own.add(source(pipeline));
        topics.stream().filter(topic -> topic.startsWith(retries)).forEach(own::add);
        return own;
    }

    private String source(KnownPipeline pipeline) {
        return names.of(pipeline.topic());
    }

    private PipelineView view(KnownPipeline pipeline, Standing standing, Optional<Map<String, Long>> deadLetters) {
        var heard = reports.lately(pipeline.group());
        var silent = reports.all().stream()
                .filter(report -> report.group().equals(pipeline.group()) && !heard.contains(report))
                .toList();
        var decision = Optional.ofNullable(controls.decisions().get(pipeline.name()))
                .filter(control -> control.group().equals(pipeline.group()));
        var status = CombinedStatus.of(decision, heard, silent, standing.instances());
        var retries = names.of(pipeline.retryTopics());
        return new PipelineView(
                pipeline.name(),
                pipeline.service(),
                pipeline.topic(),
                pipeline.group(),
                status.state().wireName(),
                status.by(),
                status.reason(),
                status.since(),
                standing.lag().getOrDefault(source(pipeline), 0L),
                heard.stream().mapToDouble(PipelineReport::ratePerS).sum(),
                standing.lag().entrySet().stream()
                        .filter(topic -> topic.getKey().startsWith(retries))
                        .mapToLong(Map.Entry::getValue)
                        .sum(),
                deadLetters.map(open -> openOf(pipeline, open)).orElse(null),
                standing.instances());
    }

    /** Only the groups of the active index write dead letters. */
    private static long openOf(KnownPipeline pipeline, Map<String, Long> open) {
        return pipeline.name().equals(pipeline.processor()) ? open.getOrDefault(pipeline.name(), 0L) : 0;
    }
}
