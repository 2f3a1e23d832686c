package io.sluice.imports.values;

import io.sluice.imports.kind.FieldType;

/** Reads the values of a type and writes them in one form. */
interface Form {
    /**
     * Reads a value.
     *
     * @param value not empty, without white space around it, and no longer than its field allows
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
            case DATE -> DateForm::date;
        };
    }

    /** The result of reading a value. */
    sealed interface Read {
        /** The value is right; this is its one form. */
        record Good(String value) implements Read {}

        /**
         * The value is wrong.
         *
         * @param reason continues a sentence that begins with the field's name, such as {@code must have 14 digits, has
         *     13}
         */
        record Bad(String reason) implements Read {}
    }
}
