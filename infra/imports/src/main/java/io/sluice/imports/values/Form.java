package io.sluice.imports.values;

import io.sluice.imports.kind.FieldType;

/** How the values of a type are written in one form. */
interface Form {
    /**
     * Reads a value.
     *
     * @param value without white space around it, not empty, no longer than its field may be
     */
    Read read(String value);

    /** {@return the form of a type} */
    static Form of(FieldType type) {
        return switch (type) {
            case TEXT -> Read.Good::new;
            case SIRET -> FrenchForms::siret;
            case SIREN -> FrenchForms::siren;
            case POSTCODE -> FrenchForms::postcode;
            case NAF -> FrenchForms::naf;
            case PHONE -> AddressForms::phone;
            case EMAIL -> AddressForms::email;
            case URL -> AddressForms::url;
            case SLUG -> AddressForms::slug;
            case INTEGER -> NumberForms::integer;
            case DECIMAL -> NumberForms::decimal;
            case BOOLEAN -> NumberForms::yesOrNo;
            case DATE -> NumberForms::date;
        };
    }

    /** What reading a value came to. */
    sealed interface Read {
        /** It is right, and this is how it is written. */
        record Good(String value) implements Read {}

        /**
         * It is not.
         *
         * @param reason goes on from the field's name, such as {@code must have 14 digits, has 13}
         */
        record Bad(String reason) implements Read {}
    }
}
