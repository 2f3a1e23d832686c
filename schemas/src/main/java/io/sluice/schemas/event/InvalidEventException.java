package io.sluice.schemas.event;

/** An event record was asked to hold what the contract forbids. Its message is fit to show to whoever sent the value. */
public final class InvalidEventException extends IllegalArgumentException {
    private final String field;

    /**
     * @param field the JSON name of the offending field, such as {@code product_id}
     * @param problem what is wrong with it, such as {@code must not be blank}
     */
    public InvalidEventException(String field, String problem) {
        super(field + " " + problem);
        this.field = field;
    }

    /** {@return the JSON name of the offending field} */
    public String field() {
        return field;
    }

    /** {@return what is wrong with the field, without its name} */
    public String problem() {
        return String.valueOf(getMessage()).substring(field.length() + 1);
    }
}
