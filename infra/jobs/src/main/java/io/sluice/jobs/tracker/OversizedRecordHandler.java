package io.sluice.jobs.tracker;

import java.util.Map;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.streams.errors.ErrorHandlerContext;
import org.apache.kafka.streams.errors.ProductionExceptionHandler;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Leaves out a record that is too large to be written. Otherwise the thread would fail, read the same event again, and
 * fail forever, and no job after it would change. The job of that record no longer changes for its readers.
 */
public final class OversizedRecordHandler implements ProductionExceptionHandler {
    private static final Logger LOG = LoggerFactory.getLogger(OversizedRecordHandler.class);

    @Override
    public void configure(Map<String, ?> configs) {}

    @Override
    public Response handleError(ErrorHandlerContext context, ProducerRecord<byte[], byte[]> written, Exception thrown) {
        if (!(thrown instanceof RecordTooLargeException)) {
            return Response.fail();
        }
        LOG.atError()
                .addKeyValue("topic", written.topic())
                .addKeyValue("fromPartition", context.partition())
                .addKeyValue("fromOffset", context.offset())
                .setCause(thrown)
                .log("job is too large to be written, left out");
        return Response.resume();
    }
}
