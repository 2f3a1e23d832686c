package io.sluice.schemas.event;

/** A value breaks the contract of an event record. The message may be shown to the sender of the value. */
public final class InvalidEventException extends IllegalArgumentException {
    private final String field;

    /**
     * @param field JSON name of the wrong field, such as {@code product_id}
     * @param problem what is wrong with it, such as {@code must not be blank}
     */
    public InvalidEventException(String field, String problem) {
        super(field + " " + problem);
        this.field = field;
    }

    /** {@return the JSON name of the wrong field} */
    public String field() {
        return field;
    }

    /** {@return what is wrong with the field, without its name} */
    public String problem() {
        return String.valueOf(getMessage()).substring(field.length() + 1);
    }
}
