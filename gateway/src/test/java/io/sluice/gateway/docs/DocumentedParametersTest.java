package io.sluice.gateway.docs;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.gateway.idempotency.IdempotencyKey;
import io.sluice.gateway.job.Wait;
import io.sluice.web.value.Query;
import org.junit.jupiter.api.Test;

/** A YAML file describes the parameters that many calls share. This test checks it against the code that reads them. */
class DocumentedParametersTest {
    @Test
    void areReadWithTheNamesAndLimitsOfTheDocument() {
        var parameters = DocumentedForm.document().at("/components/parameters");

        assertThat(parameters.at("/IdempotencyKey/name").asText()).isEqualTo(IdempotencyKey.HEADER);
        assertThat(parameters.at("/IdempotencyKey/schema/maxLength").asInt()).isEqualTo(IdempotencyKey.MAX);
        assertThat(parameters.at("/Prefer/name").asText()).isEqualTo(Wait.PREFER);
        assertThat(parameters.at("/Limit/schema/minimum").asInt()).isEqualTo(Query.limit("1"));
        assertThat(parameters.at("/Limit/schema/maximum").asInt()).isEqualTo(Query.MAX_LIMIT);
        assertThat(parameters.at("/Limit/schema/default").asInt()).isEqualTo(Query.DEFAULT_LIMIT);
    }
}
