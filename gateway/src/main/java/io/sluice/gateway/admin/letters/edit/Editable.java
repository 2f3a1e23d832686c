package io.sluice.gateway.admin.letters.edit;

import io.sluice.gateway.admin.letters.DeadLetterProblem;
import io.sluice.gateway.admin.letters.LetterTopics;
import io.sluice.schemas.Topics;
import io.sluice.web.problem.ProblemException;

/** Which letters can be edited. */
final class Editable {
    private Editable() {}

    /**
     * Checks that the letters of a topic are about products. Those of a topic that is derived from products are.
     *
     * @throws ProblemException {@code DEAD_LETTER_NOT_EDITABLE} when they are not
     */
    static void checkIsAboutProducts(String topic) {
        var source = LetterTopics.source(topic).orElse("");
        if (source.equals(Topics.PRODUCTS.name()) || Topics.isOfProductVectors(source)) {
            return;
        }
        throw notEditable(
                source.equals(Topics.IMPORT_ROWS.name())
                        ? "A row is not edited here. Send the corrected row with POST /api/v1/rows/{kind}, then discard"
                                + " the letter."
                        : "Only letters about products can be edited. Send the corrected request again, then discard the"
                                + " letter.");
    }

    static ProblemException notEditable(String detail) {
        return new ProblemException(DeadLetterProblem.DEAD_LETTER_NOT_EDITABLE, detail);
    }
}
