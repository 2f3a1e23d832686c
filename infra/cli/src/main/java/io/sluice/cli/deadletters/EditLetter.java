package io.sluice.cli.deadletters;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.sluice.cli.command.CommandContext;
import io.sluice.cli.command.CommandFailedException;
import io.sluice.cli.command.ExitCode;
import io.sluice.cli.gateway.GatewayCalls;
import io.sluice.client.deadletters.Redrive;
import io.sluice.client.http.Answer.Refused;
import io.sluice.client.http.Answer.Success;
import io.sluice.client.http.Problem.Difference;
import java.io.IOException;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "edit",
        description = {
            "Correct the value of a letter and send it as a new record.",
            "By default your editor ($VISUAL, else $EDITOR) opens the value. The gateway checks the new value and names each"
                    + " wrong field. It refuses the record when a newer version of the entity exists, and says how that"
                    + " differs. A text that was refused is kept in a file."
        },
        mixinStandardHelpOptions = true)
final class EditLetter implements Callable<ExitCode> {
    private static final ObjectMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS, DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
            .build();

    private final CommandContext context;

    @Parameters(index = "0", paramLabel = "TOPIC", description = "the dead-letter topic")
    private String topic = "";

    @Parameters(index = "1", paramLabel = "ID", description = "the letter's id")
    private String id = "";

    @Option(
            names = "--file",
            paramLabel = "FILE",
            description = "a file with the corrected value, in JSON; - is standard input")
    private @Nullable String file;

    @Option(names = "--force", description = "send it although it was sent back often")
    private boolean force;

    @Option(names = "--wait", description = "wait until the job has ended; exit code 1 when the record failed again")
    private boolean waits;

    EditLetter(CommandContext context) {
        this.context = context;
    }

    @Override
    public ExitCode call() throws IOException, InterruptedException {
        try (var gateway = new GatewayCalls(context)) {
            var text = file == null ? inEditor(gateway) : EditedText.from(context, file);
            var sent = send(gateway, text);
            text.delete();
            return RedriveLetters.afterOne(context, gateway, id, sent, waits);
        }
    }

    private EditedText inEditor(GatewayCalls gateway) throws IOException, InterruptedException {
        var editor = Editor.of(context);
        var letter = gateway.ask(client -> client.deadLetters().find(topic, id)).body();
        var value = canonical(letter.path("value"));
        if (!value.isObject()) {
            throw new CommandFailedException(
                    "the value of this letter is no JSON object: write the corrected value to a file, and give it by --file");
        }
        return editor.edit(value.toPrettyString(), "letter-" + id + ".json");
    }

    /** {@return the entity to correct: of a record that a processor made from a product, the product} */
    private static JsonNode canonical(JsonNode value) {
        return value.has("vectors") ? value.path("product") : value;
    }

    private Redrive send(GatewayCalls gateway, EditedText text) {
        var value = parsed(text);
        return switch (gateway.answer(client -> client.deadLetters().redriveEdited(topic, id, value, force))) {
            case Success<Redrive>(var _, var redrive) -> redrive;
            case Refused<Redrive> refused -> {
                refused.problem().fields().forEach(field -> context.printLine("✗ " + field));
                refused.problem().differences().forEach(this::print);
                throw new CommandFailedException(gateway.failed(refused).getMessage() + text.whereItIs());
            }
        };
    }

    private void print(Difference difference) {
        context.printLine("✗ " + difference.field());
        if (!difference.newer().equals(difference.yours())) {
            context.printLine("    newer version  " + difference.newer());
            context.printLine("    your value     " + difference.yours());
        }
    }

    private static JsonNode parsed(EditedText text) {
        try {
            var value = JSON.readTree(text.content());
            if (value.isMissingNode()) {
                throw new CommandFailedException("the text is empty, so nothing was sent");
            }
            return value;
        } catch (JsonProcessingException e) {
            throw new CommandFailedException("the text is not JSON (line %d, column %d: %s), so nothing was sent%s"
                    .formatted(
                            e.getLocation().getLineNr(),
                            e.getLocation().getColumnNr(),
                            e.getOriginalMessage(),
                            text.whereItIs()));
        }
    }
}
