package io.sluice.cli.index;

import io.sluice.cli.command.CommandFailedException;
import io.sluice.cli.gateway.PatientCalls;
import io.sluice.client.SluiceClient;
import io.sluice.client.http.Answer;
import io.sluice.client.http.Answer.Refused;
import io.sluice.client.http.FilePart;
import io.sluice.client.http.TryAgainException;
import io.sluice.client.product.LineAnswer;
import io.sluice.client.product.ProductReceipt;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;

/** Sends entries to the gateway until each of them is accepted or finally rejected. */
final class EntrySender {
    private static final int PICTURES_AT_ONCE = 4;

    private final PatientCalls gateway;

    EntrySender(PatientCalls gateway) {
        this.gateway = gateway;
    }

    /** Sends a batch, and returns a result for each of its entries, in order. */
    List<SendResult> send(List<ProductEntry> batch) throws InterruptedException {
        var bare = new ArrayList<ProductEntry.Bare>();
        var pictured = new ArrayList<ProductEntry.Pictured>();
        for (var entry : batch) {
            switch (entry) {
                case ProductEntry.Bare one -> bare.add(one);
                case ProductEntry.Pictured one -> pictured.add(one);
                case ProductEntry.Wrong _ -> {}
            }
        }
        var ofBare = sendInOneCall(bare).iterator();
        var ofPictured = sendSideBySide(pictured).iterator();
        return batch.stream()
                .map(entry -> switch (entry) {
                    case ProductEntry.Bare _ -> ofBare.next();
                    case ProductEntry.Pictured _ -> ofPictured.next();
                    case ProductEntry.Wrong wrong -> new SendResult.Rejected(wrong, wrong.reason());
                })
                .toList();
    }

    private List<SendResult> sendInOneCall(List<ProductEntry.Bare> all) {
        var results = new ArrayList<SendResult>();
        while (results.size() < all.size()) {
            var rest = all.subList(results.size(), all.size());
            results.addAll(gateway.until(client -> settled(client, rest)));
        }
        return results;
    }

    /**
     * Sends entries, and returns the results up to the first one that may change. That entry and all after it are sent again
     * by the caller, so that of two entries of one product the later one wins.
     */
    private List<SendResult> settled(SluiceClient client, List<ProductEntry.Bare> entries) throws IOException {
        var answers = new ArrayList<LineAnswer>();
        var lines = entries.stream().map(ProductEntry.Bare::json).toList();
        if (client.bulk().save(lines, answers::add) instanceof Refused<Long> refused) {
            throw failure(refused);
        }
        var results = new ArrayList<SendResult>();
        for (var answer : answers) {
            if (results.size() == entries.size() || mayChange(answer)) {
                break;
            }
            results.add(result(entries.get(results.size()), answer));
        }
        if (results.isEmpty()) {
            throw new TryAgainException(reason(answers));
        }
        return results;
    }

    private static boolean mayChange(LineAnswer answer) {
        return answer instanceof LineAnswer.Rejected rejected && rejected.isRetryable();
    }

    private static String reason(List<LineAnswer> answers) {
        return !answers.isEmpty() && answers.getFirst() instanceof LineAnswer.Rejected rejected
                ? rejected.reason()
                : "the gateway answered no line";
    }

    private static SendResult result(ProductEntry entry, LineAnswer answer) {
        return switch (answer) {
            case LineAnswer.Accepted accepted -> new SendResult.Accepted(entry, accepted.jobId());
            case LineAnswer.Rejected rejected -> new SendResult.Rejected(entry, rejected.reason());
        };
    }

    private List<SendResult> sendSideBySide(List<ProductEntry.Pictured> all) throws InterruptedException {
        try (var threads = Executors.newFixedThreadPool(
                PICTURES_AT_ONCE, Thread.ofVirtual().factory())) {
            var results = new ArrayList<SendResult>();
            for (var result : threads.invokeAll(all.stream()
                    .<Callable<SendResult>>map(one -> () -> send(one))
                    .toList())) {
                results.add(result.get());
            }
            return results;
        } catch (ExecutionException e) {
            throw e.getCause() instanceof CommandFailedException gaveUp
                    ? gaveUp
                    : new IllegalStateException(Objects.requireNonNullElse(e.getCause(), e));
        }
    }

    private SendResult send(ProductEntry.Pictured entry) {
        FilePart picture;
        try {
            picture = FilePart.of(entry.picture());
        } catch (IOException e) {
            return new SendResult.Rejected(entry, entry.picture() + " cannot be read");
        }
        return switch (gateway.answer(client -> client.products().save(entry.fields(), picture))) {
            case Answer.Success<ProductReceipt>(var _, var receipt) -> new SendResult.Accepted(entry, receipt.jobId());
            case Refused<ProductReceipt>(var problem, var _) -> new SendResult.Rejected(entry, problem.reason());
        };
    }

    /** A refusal with 5xx may pass, so the call is repeated. Any other refusal makes the verb fail. */
    private IOException failure(Refused<?> refused) {
        if (refused.status() / 100 == 5) {
            return new TryAgainException(refused);
        }
        throw gateway.failed(refused);
    }
}
