package io.sluice.gateway.admin.letters.edit;

import com.fasterxml.jackson.databind.JsonNode;
import io.sluice.gateway.admin.letters.DeadLetterProblem;
import io.sluice.gateway.admin.letters.record.LetterRecords;
import io.sluice.stores.letters.Letter;
import io.sluice.web.problem.ProblemException;
import jakarta.inject.Singleton;

/**
 * Sends an edited product as a new record on products.v1, with a job of its own. So it gets a version of its own, and all
 * indexes get it. It is refused when the product has changed since the letter, because it would undo that change.
 */
@Singleton
public final class EditedRedrive {
    private final EditedProduct edited;
    private final LetterRecords records;
    private final NewerState newer;
    private final EditedWrite write;

    EditedRedrive(EditedProduct edited, LetterRecords records, NewerState newer, EditedWrite write) {
        this.edited = edited;
        this.records = records;
        this.newer = newer;
        this.write = write;
    }

    /**
     * Sends the product.
     *
     * @return the id of its job
     * @throws ProblemException when it is refused
     */
    public String send(Letter letter, JsonNode value) {
        Editable.checkIsAboutProducts(letter.id().topic());
        var record = records.find(letter.id()).orElseThrow(DeadLetterProblem::expired);
        if (record.key() == null) {
            throw Editable.notEditable("The record has no key, so it is about no product. Save the product with POST"
                    + " /api/v1/index-product, then discard the letter.");
        }
        var product = edited.read(value, record.key());
        newer.check(letter, product);
        return write.write(letter, product);
    }
}
