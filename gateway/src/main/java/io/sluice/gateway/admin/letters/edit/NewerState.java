package io.sluice.gateway.admin.letters.edit;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sluice.gateway.admin.letters.DeadLetterProblem;
import io.sluice.jobs.board.JobBoard;
import io.sluice.runtime.json.JsonCodec;
import io.sluice.schemas.job.JobKind;
import io.sluice.schemas.product.ProductSaved;
import io.sluice.stores.letters.Letter;
import io.sluice.stores.product.ProductLedger;
import io.sluice.web.problem.FieldDifference;
import io.sluice.web.problem.Problem;
import io.sluice.web.problem.ProblemException;
import jakarta.inject.Singleton;
import java.util.List;

/** Refuses an edited product that would undo a change which came after the letter. */
@Singleton
final class NewerState {
    private final ProductLedger ledger;
    private final JobBoard board;
    private final JsonCodec codec;

    NewerState(ProductLedger ledger, JobBoard board, JsonCodec codec) {
        this.ledger = ledger;
        this.board = board;
        this.codec = codec;
    }

    void check(Letter letter, ProductSaved edited) {
        var id = edited.productId();
        if (board.hasOpenJob(JobKind.PRODUCT, id)) {
            throw new ProblemException(
                    DeadLetterProblem.ENTITY_HAS_OPEN_JOB,
                    "A change of the product is under way. Wait until its job has ended, then look at the product again.");
        }
        var deletion = ledger.tombstones(List.of(id)).get(id);
        if (deletion != null && isAfter(letter, deletion)) {
            throw refused(
                    "The product was deleted after this letter. Save it with POST /api/v1/index-product if it is to"
                            + " exist again, then discard the letter.",
                    List.of(new FieldDifference("deleted", null, null)));
        }
        var known = ledger.find(id);
        if (known.isPresent() && isAfter(letter, known.get().version())) {
            throw refused(
                    "The product has a newer version than this letter; diff shows where it differs from your value. Save the"
                            + " product with POST /api/v1/index-product if yours is right, then discard the letter.",
                    Differences.between(tree(known.get().product()), tree(edited)));
        }
    }

    /** A letter that does not know its version is older than anything. */
    private static boolean isAfter(Letter letter, long version) {
        var own = letter.record().version();
        return own == null || version > own;
    }

    private ObjectNode tree(ProductSaved product) {
        return codec.mapper().valueToTree(product);
    }

    private static ProblemException refused(String detail, List<FieldDifference> differences) {
        return new ProblemException(
                Problem.of(DeadLetterProblem.ENTITY_HAS_NEWER_VERSION, detail).withDiff(differences));
    }
}
