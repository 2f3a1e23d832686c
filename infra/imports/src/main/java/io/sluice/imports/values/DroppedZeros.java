package io.sluice.imports.values;

import io.sluice.imports.kind.Field;
import io.sluice.imports.kind.FieldType;
import io.sluice.imports.text.Folding;
import io.sluice.imports.values.Form.Read.Good;

/**
 * Finds the leading zeros that a spreadsheet program drops when it takes digits for a number. A text gets them back only
 * where it cannot be anything else. Loops, not streams: most values of every row come through here.
 */
public final class DroppedZeros {
    private static final int SIRET = 14;
    private static final int SIREN = 9;
    /** No SIREN has more; a SIRET without its first five digits would be a SIREN in the wrong column. */
    private static final int MOST_OF_COMPANY = 3;

    private DroppedZeros() {}

    /**
     * Returns the value with its zeros, or the same value when it lacks none or is not surely without them.
     *
     * @param field whose {@link Field#padTo()} is not 0
     * @param isNumber whether the value is a number in the file. A number has no leading zeros, so those that its field
     *     asks for are missing
     * @param partner of a SIRET, the SIREN of its row; of a SIREN, the SIRET of its row; blank when there is none
     */
    public static String restored(Field field, String value, boolean isNumber, String partner) {
        if (value.length() >= field.padTo() && hasOnlyDigits(value)) {
            return value;
        }
        return switch (field.type()) {
            case PHONE -> phone(value, field.padTo());
            case POSTCODE -> isNumber ? padded(value, field.padTo()) : postcode(value, field.padTo());
            case SIRET -> siret(value, partner);
            case SIREN -> isNumber ? padded(value, field.padTo()) : siren(value, partner);
            case TEXT -> padded(value, field.padTo());
            case EMAIL, URL, NAF, SLUG, INTEGER, DECIMAL, DATE, BOOLEAN -> value;
        };
    }

    /**
     * In France a national number begins with a zero, and no digit after it is one. With a plus, with spaces, or with
     * any other number of digits the value may be a foreign number, a short number, or one with its country code.
     */
    private static String phone(String value, int padTo) {
        var number = Folding.strip(value);
        return number.length() == padTo - 1 && number.charAt(0) != '0' && hasOnlyDigits(number) ? "0" + number : value;
    }

    /** No department has the number 00, so at most one zero is missing. */
    private static String postcode(String value, int padTo) {
        var digits = digits(value);
        return digits.length() == padTo - 1 && digits.charAt(0) != '0' ? "0" + digits : value;
    }

    private static String siret(String value, String siren) {
        var whole = whole(value, SIRET);
        var isSure = !whole.isEmpty() && FrenchForms.siret(whole) instanceof Good && isOf(digits(siren), whole);
        return isSure ? whole : value;
    }

    /** {@return whether a value lacks a few digits of a SIRET, and would fail its check digit with zeros for them} */
    public static boolean failsCheckDigit(Field field, String value) {
        var whole = field.type() == FieldType.SIRET ? whole(value, SIRET) : "";
        return !whole.isEmpty() && !(FrenchForms.siret(whole) instanceof Good);
    }

    private static boolean isOf(String siren, String siret) {
        return siren.isEmpty() || siret.startsWith(filled(siren, SIREN));
    }

    /** A SIREN has a check digit, too. The rules do not ask for it, so the SIRET of the row may vouch instead. */
    private static String siren(String value, String siret) {
        var whole = whole(value, SIREN);
        var isSure = !whole.isEmpty()
                && (FrenchForms.passesLuhn(whole)
                        || filled(digits(siret), SIRET).startsWith(whole));
        return isSure ? whole : value;
    }

    /** {@return a value that lacks a few digits with zeros for them; empty for any other value} */
    private static String whole(String value, int length) {
        var digits = digits(value);
        var filled = filled(digits, length);
        return digits.length() < length && filled.length() == length ? filled : "";
    }

    /** {@return the digits with the zeros that they lack; as they are when they lack more than a company can have} */
    private static String filled(String digits, int length) {
        var missing = length - digits.length();
        return missing > 0 && missing <= MOST_OF_COMPANY ? "0".repeat(missing) + digits : digits;
    }

    private static String padded(String value, int length) {
        var number = Folding.strip(value);
        return number.length() < length && hasOnlyDigits(number)
                ? "0".repeat(length - number.length()) + number
                : value;
    }

    /** {@return the value without spaces and dots between its digits; empty when it has anything else} */
    private static String digits(String value) {
        var digits = Digits.joined(value);
        return digits == null || Digits.isDecimal(value) ? "" : digits;
    }

    private static boolean hasOnlyDigits(String value) {
        return !value.isEmpty() && Digits.areAll(value);
    }
}
