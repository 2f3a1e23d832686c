package io.sluice.local.demo;

import io.sluice.client.SluiceClient;
import io.sluice.client.http.FileInMemory;
import io.sluice.client.search.SearchHits;
import io.sluice.client.search.SearchQuery;
import io.sluice.schemas.text.VisibleLines;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Searches the catalog by text and by picture, prints the hits, and checks each of them. */
final class Searches {
    private static final int HITS = 3;
    private static final List<Question> QUESTIONS = List.of(
            new Question("something to drink coffee from", SampleKind.MUG),
            new Question("sneakers for jogging", SampleKind.SHOE),
            new Question("keeps me dry in the rain", SampleKind.UMBRELLA));
    private static final List<SampleKind> PICTURED =
            List.of(SampleKind.GUITAR, SampleKind.BACKPACK, SampleKind.BICYCLE);

    private final SluiceClient sluice;
    private final Map<String, SampleProduct> byId;
    private final VisibleLines out;

    Searches(SluiceClient sluice, SampleCatalog catalog, VisibleLines out) {
        this.sluice = sluice;
        this.byId = catalog.all().stream().collect(Collectors.toMap(SampleProduct::id, Function.identity()));
        this.out = out;
    }

    /** A query of a customer, and the kind that should be found first. */
    private record Question(String text, SampleKind sought) {}

    void run() throws IOException, DemoFailedException {
        for (var question : QUESTIONS) {
            searchByText(question.text(), question.sought());
        }
        for (var kind : PICTURED) {
            var sought = byId.values().stream()
                    .filter(product -> product.kind() == kind && product.picture() != null)
                    .min((a, b) -> a.id().compareTo(b.id()))
                    .orElseThrow();
            searchByPicture(sought, Objects.requireNonNull(sought.picture()));
        }
    }

    private void searchByText(String question, SampleKind sought) throws IOException, DemoFailedException {
        var found = sluice.search()
                .find(SearchQuery.of(question).withLimit(HITS))
                .orElseThrow(problem ->
                        new DemoFailedException("searching for \"" + question + "\" was answered " + problem));
        out.println("  \"" + question + "\"");
        var first = print(found);
        if (first == null || first.kind() != sought) {
            throw new DemoFailedException("searching for \"" + question + "\" did not find a " + sought.words()
                    + " first but " + (first == null ? "nothing" : first.name()));
        }
    }

    private void searchByPicture(SampleProduct sought, FileInMemory original) throws IOException, DemoFailedException {
        var found = sluice.search()
                .find(SearchQuery.of("").withLimit(HITS), SamplePictures.halved(original))
                .orElseThrow(problem -> new DemoFailedException("searching by picture was answered " + problem));
        out.println("  the picture " + original.fileName() + ", at half the size and saved again");
        var first = print(found);
        if (first == null || !first.id().equals(sought.id())) {
            throw new DemoFailedException("searching by a copy of the picture of " + sought.name()
                    + " did not find it first but " + (first == null ? "nothing" : first.name()));
        }
    }

    /** Prints the hits, checks each of them against the ledger, and returns the first one. */
    private @Nullable SampleProduct print(SearchHits found) throws IOException, DemoFailedException {
        SampleProduct first = null;
        for (var hit : found.hits()) {
            var id = hit.productId();
            var name = hit.name();
            out.println(String.format(Locale.ROOT, "      %.3f  %-10s %s", hit.score(), id, name));
            requireInLedger(id, name);
            if (first == null) {
                first = byId.get(id);
                if (first == null) {
                    throw new DemoFailedException("the first hit, " + id + " (" + name
                            + "), is not in the sample catalog; run the demo with a data folder of its own");
                }
            }
        }
        return first;
    }

    private void requireInLedger(String id, String name) throws IOException, DemoFailedException {
        var hit = "the hit " + id + " (" + name + ") differs from the ledger: ";
        var product = sluice.products().find(id).orElseThrow(problem -> new DemoFailedException(hit + problem));
        if (!product.path("name").asText().equals(name)) {
            throw new DemoFailedException(hit + product.path("name").asText());
        }
    }
}
