package io.sluice.gateway.admin.pipelines;

import io.micronaut.context.annotation.Bean;
import io.micronaut.context.annotation.Factory;
import io.sluice.gateway.config.GatewayConfig;
import io.sluice.runtime.control.TopicFollower;
import io.sluice.runtime.json.JsonCodec;
import io.sluice.runtime.kafka.ConsumerGroups;
import io.sluice.runtime.kafka.Consumers;
import io.sluice.runtime.kafka.TopicNames;
import io.sluice.schemas.Topics;
import io.sluice.schemas.pipeline.PipelineReport;
import jakarta.inject.Singleton;
import org.apache.kafka.clients.admin.AdminClient;

/** What the gateway asks about pipelines: the brokers, and the reports of the instances. */
@Factory
final class PipelineBeans {
    @Singleton
    ConsumerGroups groups(AdminClient admin, GatewayConfig config) {
        return new ConsumerGroups(admin, config.acceptTimeout());
    }

    @Singleton
    @Bean(preDestroy = "close")
    TopicFollower<PipelineReport> reports(
            Consumers consumers, TopicNames names, JsonCodec codec, InstanceReports reports) {
        return new TopicFollower<>(consumers, names, codec, Topics.PIPELINE_STATUS, reports::take);
    }
}
