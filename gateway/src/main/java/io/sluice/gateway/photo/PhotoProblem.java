package io.sluice.gateway.photo;

import io.micronaut.http.HttpStatus;
import io.sluice.web.problem.ProblemKind;

/** Reasons why a call about photos is refused. Codes are contract. */
public enum PhotoProblem implements ProblemKind {
    /** No photo has this id, or it belongs to another user. */
    PHOTO_NOT_FOUND(HttpStatus.NOT_FOUND, "Photo not found"),
    /** The preview or the thumbnail is not made yet. Ask again after the time in {@code Retry-After}. */
    PHOTO_NOT_PREPARED(HttpStatus.NOT_FOUND, "The photo is not prepared yet"),
    /**
     * The preview and the thumbnail could not be made; the detail has the failure's code and says what to do. The file
     * itself can be read.
     */
    PHOTO_PREPARATION_FAILED(HttpStatus.NOT_FOUND, "The photo could not be prepared"),
    /** The object store does not have the file, or has other bytes. Find out which program writes to the bucket. */
    PHOTO_FILE_MISSING(HttpStatus.NOT_FOUND, "The file of the photo is missing"),
    /** No file of the upload was accepted; {@code photos} says why, file by file. */
    NO_PHOTO_ACCEPTED(HttpStatus.UNPROCESSABLE_ENTITY, "No photo was accepted"),
    /** The upload has more files than a call takes. Send the others in another call. */
    TOO_MANY_FILES(HttpStatus.UNPROCESSABLE_ENTITY, "Too many files"),
    /** As many photos wait as {@code PHOTO_QUEUE_MAX_SIZE} permits. Send again later. */
    QUEUE_FULL(HttpStatus.TOO_MANY_REQUESTS, "The queue is full");

    private final HttpStatus status;
    private final String title;

    PhotoProblem(HttpStatus status, String title) {
        this.status = status;
        this.title = title;
    }

    @Override
    public HttpStatus status() {
        return status;
    }

    @Override
    public String title() {
        return title;
    }
}
