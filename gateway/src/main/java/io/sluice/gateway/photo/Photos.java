package io.sluice.gateway.photo;

import io.sluice.gateway.door.JobAccess;
import io.sluice.gateway.principal.Principal;
import io.sluice.gateway.problem.GatewayProblem;
import io.sluice.gateway.problem.Outage;
import io.sluice.jobs.board.JobBoard;
import io.sluice.schemas.job.JobKind;
import io.sluice.schemas.photo.PhotoSaved;
import io.sluice.stores.accounts.Role;
import io.sluice.stores.photo.GalleryTable;
import io.sluice.stores.photo.PhotoFailure;
import io.sluice.stores.photo.PhotoLedger;
import io.sluice.stores.photo.PhotoRow;
import io.sluice.stores.photo.ShownFace;
import io.sluice.stores.photo.ShownPhoto;
import io.sluice.web.problem.ProblemException;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Finds photos for callers. A user sees its own photos and those in which its face was found, an admin all; other photos
 * do not exist for the caller.
 */
@Singleton
final class Photos {
    private final PhotoLedger ledger;
    private final GalleryTable gallery;
    private final JobBoard board;
    private final JobAccess access;

    Photos(PhotoLedger ledger, GalleryTable gallery, JobBoard board, JobAccess access) {
        this.ledger = ledger;
        this.gallery = gallery;
        this.board = board;
        this.access = access;
    }

    /**
     * A photo with what was made of it. The bytes of a photo never change, so what was made of an older upload is as good.
     *
     * @param pictures null until the photo is prepared
     */
    record Files(PhotoSaved saved, PhotoRow.@Nullable Pictures pictures) {
        private static Optional<Files> of(PhotoRow row) {
            return Optional.ofNullable(row.upload()).map(upload -> new Files(upload.photo(), row.pictures()));
        }
    }

    /**
     * {@return the photo}
     *
     * @throws ProblemException {@code PHOTO_NOT_FOUND} when it does not exist for the caller
     */
    Files find(String id, Principal caller) {
        return ask(id, key -> ledger.find(key))
                .flatMap(Files::of)
                .filter(photo -> owns(caller, photo.saved().owner()) || isIn(id, caller))
                .orElseThrow(Photos::notFound);
    }

    /** {@return why the preview and the thumbnail of the photo are not made; empty when that did not fail} */
    Optional<PhotoFailure> whyNotPrepared(String id) {
        return ask(id, gallery::whyNotPrepared);
    }

    /**
     * {@return what to show of the photo}
     *
     * @throws ProblemException {@code PHOTO_NOT_FOUND} when it does not exist for the caller
     */
    ShownPhoto show(String id, Principal caller) {
        return ask(id, gallery::find)
                .filter(photo -> owns(caller, photo.owner()) || isIn(id, caller))
                .orElseThrow(Photos::notFound);
    }

    /**
     * {@return whose faces the photo shows, for its owner and for admins}
     *
     * @throws ProblemException {@code PHOTO_NOT_FOUND} when it does not exist for the caller, or is another user's
     */
    List<ShownFace> faces(String id, Principal caller) {
        return ask(id, gallery::find)
                .filter(photo -> owns(caller, photo.owner()))
                .flatMap(photo -> ask(id, key -> Optional.of(gallery.faces(key))))
                .orElseThrow(Photos::notFound);
    }

    /**
     * {@return the owner of a photo that the caller may delete, which may be in the ledger, or accepted and not there yet}
     *
     * @throws ProblemException {@code PHOTO_NOT_FOUND} when it does not exist for the caller
     */
    String ownerOf(String id, Principal caller) {
        return board.open(JobKind.PHOTO, id).stream()
                .filter(job -> access.permits(caller, job))
                .findFirst()
                .flatMap(job -> Optional.ofNullable(job.owner()))
                .or(() -> ask(id, key -> ledger.find(key))
                        .flatMap(Files::of)
                        .map(files -> files.saved().owner()))
                .filter(owner -> owns(caller, owner))
                .orElseThrow(Photos::notFound);
    }

    private boolean isIn(String id, Principal caller) {
        var user = caller.owner();
        return user != null
                && ask(id, key -> Optional.of(gallery.isIn(key, user))).orElse(false);
    }

    private static boolean owns(Principal caller, String owner) {
        return caller.is(Role.ADMIN) || owner.equals(caller.owner());
    }

    private static <T> Optional<T> ask(String id, Function<String, Optional<T>> question) {
        if (id.length() > PhotoSaved.MAX_ID || id.indexOf('\0') >= 0) {
            return Optional.empty();
        }
        try {
            return question.apply(id);
        } catch (RuntimeException e) {
            throw Outage.or(e, GatewayProblem.LEDGER_UNAVAILABLE, "Photos cannot be read now; try again in a moment.");
        }
    }

    private static ProblemException notFound() {
        return new ProblemException(PhotoProblem.PHOTO_NOT_FOUND, "You have no photo with this id.");
    }
}
