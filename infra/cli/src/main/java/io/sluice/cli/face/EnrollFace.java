package io.sluice.cli.face;

import io.sluice.cli.command.CommandContext;
import io.sluice.cli.command.ExitCode;
import io.sluice.cli.gateway.GatewayCalls;
import io.sluice.cli.gateway.PictureFile;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "enroll",
        description = {
            "Enroll the one face in a picture of you. Photos that show it appear in your gallery.",
            "",
            "Your face is then sent to Amazon Rekognition, kept there, and compared with the faces in all photos,"
                    + " until ./sluice face forget. --consent says that the person in the picture agrees to that.",
            ""
        },
        mixinStandardHelpOptions = true)
final class EnrollFace implements Callable<ExitCode> {
    private final CommandContext context;

    @Parameters(paramLabel = "FILE", description = "a JPEG, PNG, WebP or GIF with your face and no other")
    private Path file = Path.of("");

    @Option(names = "--consent", description = "the person in the picture agrees")
    private boolean consent;

    @Option(names = "--no-wait", description = "do not wait until the face is enrolled")
    private boolean noWait;

    EnrollFace(CommandContext context) {
        this.context = context;
    }

    @Override
    public ExitCode call() {
        try (var gateway = new GatewayCalls(context)) {
            var picture = PictureFile.at(file);
            var jobId = gateway.ask(client -> client.faces().enroll(picture, consent));
            if (noWait) {
                context.printLine("queued, job " + jobId);
                return ExitCode.SUCCESS;
            }
            return FaceJob.await(context, gateway, jobId, "your face is enrolled");
        }
    }
}
