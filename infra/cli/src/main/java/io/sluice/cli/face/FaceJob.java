package io.sluice.cli.face;

import io.sluice.cli.command.CommandContext;
import io.sluice.cli.command.ExitCode;
import io.sluice.cli.gateway.GatewayCalls;
import io.sluice.cli.jobs.JobWatch;
import io.sluice.schemas.job.JobStatus;

/** Waits for the job of a change, and says how it ended. */
final class FaceJob {
    private FaceJob() {}

    /** @param done what to say when the job has succeeded, or a newer change has replaced this one */
    static ExitCode await(CommandContext context, GatewayCalls gateway, String jobId, String done) {
        context.printLine("queued, job " + jobId);
        var job = new JobWatch(gateway, jobId).awaitEnd(_ -> {});
        if (job.status() == JobStatus.SUCCEEDED) {
            context.printLine(done);
            return ExitCode.SUCCESS;
        }
        context.printLine(JobWatch.summary(job));
        return job.status() == JobStatus.SUPERSEDED ? ExitCode.SUCCESS : ExitCode.FAILED;
    }
}
