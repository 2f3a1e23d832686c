package io.sluice.cli.index;

import io.sluice.cli.CommandFailedException;
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

/** Sends entries to the gateway, and again until each is accepted or rejected for good. */
final class Sender {
    private static final int PICTURES_AT_ONCE = 4;

    private final PatientCalls gateway;

    Sender(PatientCalls gateway) {
        this.gateway = gateway;
    }

    /** {@return a result for each entry, in their order} */
    List<Result> send(List<Entry> chunk) throws InterruptedException {
        var bare = new ArrayList<Entry.Bare>();
        var pictured = new ArrayList<Entry.Pictured>();
        for (var entry : chunk) {
            switch (entry) {
                case Entry.Bare one -> bare.add(one);
                case Entry.Pictured one -> pictured.add(one);
                case Entry.Wrong _ -> {}
            }
        }
        var ofBare = sendInOneCall(bare).iterator();
        var ofPictured = sendSideBySide(pictured).iterator();
        return chunk.stream()
                .map(entry -> switch (entry) {
                    case Entry.Bare _ -> ofBare.next();
                    case Entry.Pictured _ -> ofPictured.next();
                    case Entry.Wrong wrong -> new Result.Rejected(wrong, wrong.reason());
                })
                .toList();
    }

    private List<Result> sendInOneCall(List<Entry.Bare> all) {
        var results = new ArrayList<Result>();
        while (results.size() < all.size()) {
            var rest = all.subList(results.size(), all.size());
            results.addAll(gateway.until(client -> settled(client, rest)));
        }
        return results;
    }

    /**
     * {@return the results up to the first that may yet change} What follows it is sent again with it, so that of two
     * entries of one product the later wins.
     */
    private static List<Result> settled(SluiceClient client, List<Entry.Bare> entries) throws IOException {
        var answers = new ArrayList<LineAnswer>();
        var lines = entries.stream().map(Entry.Bare::json).toList();
        if (client.bulk().save(lines, answers::add) instanceof Refused<Long> refused) {
            throw failure(refused);
        }
        var results = new ArrayList<Result>();
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
                : "no line was answered";
    }

    private static Result result(Entry entry, LineAnswer answer) {
        return switch (answer) {
            case LineAnswer.Accepted accepted -> new Result.Accepted(entry, accepted.jobId());
            case LineAnswer.Rejected rejected -> new Result.Rejected(entry, rejected.reason());
        };
    }

    private List<Result> sendSideBySide(List<Entry.Pictured> all) throws InterruptedException {
        try (var threads = Executors.newFixedThreadPool(
                PICTURES_AT_ONCE, Thread.ofVirtual().factory())) {
            var results = new ArrayList<Result>();
            for (var result : threads.invokeAll(
                    all.stream().<Callable<Result>>map(one -> () -> send(one)).toList())) {
                results.add(result.get());
            }
            return results;
        } catch (ExecutionException e) {
            throw e.getCause() instanceof CommandFailedException gaveUp
                    ? gaveUp
                    : new IllegalStateException(Objects.requireNonNullElse(e.getCause(), e));
        }
    }

    private Result send(Entry.Pictured entry) {
        FilePart picture;
        try {
            picture = FilePart.of(entry.picture());
        } catch (IOException e) {
            return new Result.Rejected(entry, entry.picture() + " cannot be read");
        }
        return switch (gateway.answer(client -> client.products().save(entry.fields(), picture))) {
            case Answer.Success<ProductReceipt>(var _, var receipt) -> new Result.Accepted(entry, receipt.jobId());
            case Refused<ProductReceipt>(var problem, var _) -> new Result.Rejected(entry, problem.reason());
        };
    }

    /** What the server cannot do now it may do later; a call it does not understand it never will. */
    private static IOException failure(Refused<?> refused) {
        if (refused.status() / 100 == 5) {
            return new TryAgainException(refused);
        }
        throw new CommandFailedException(refused.problem().toString());
    }
}
