package io.sluice.stores.accounts;

/**
 * The result of changing or deleting a user.
 *
 * @param <T> what there is when it was done
 */
public sealed interface Change<T> {
    /** It was done. */
    record Done<T>(T result) implements Change<T> {}

    /** No user has this name. */
    record NoSuchUser<T>() implements Change<T> {}

    /** Nothing was changed, because no enabled admin would have been left. */
    record LastAdmin<T>() implements Change<T> {}
}
