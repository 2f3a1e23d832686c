package io.sluice.stores.face;

import io.sluice.schemas.photo.PhotoFaces.Face;
import io.sluice.stores.face.ImageRow.State;
import io.sluice.stores.face.ReferenceRows.Reference;
import io.sluice.stores.postgres.Postgres;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The results in the tables {@code face_results}, {@code indexed_faces} and {@code face_references}. A transaction locks
 * the row of its holder, then the rows of its images in the order of their hashes. So references are taken and dropped
 * one after the other, and two transactions cannot deadlock.
 */
final class PostgresFaceResults implements FaceResults {
    /** Fills a page of a table, so that the disk must have room for one. No holder has such a name. */
    private static final String TRY =
            "INSERT INTO face_references SELECT 'probe ' || i, 0 FROM generate_series(1, 500) AS i";

    private final Postgres postgres;
    private final Supplier<String> tokens;

    /** @param tokens makes the tokens of leases, no two the same */
    PostgresFaceResults(Postgres postgres, Supplier<String> tokens) {
        this.postgres = postgres;
        this.tokens = tokens;
    }

    @Override
    public Claim claim(ImageHolder holder, long version, SentImage image) {
        return postgres.transaction(connection -> {
            var reference = ReferenceRows.lock(connection, holder);
            if (reference.version() > version) {
                return new Late();
            }
            ReferenceRows.change(connection, holder, reference, new Reference(version, image.sha256(), false));
            var former = reference.sha256();
            if (former != null && !former.equals(image.sha256())) {
                leave(connection, former, image.sha256());
            }
            return claim(connection, image);
        });
    }

    /** The holder refers to another image now. When no holder refers to the former one, its faces are to be removed. */
    private void leave(Connection connection, String former, String next) throws SQLException {
        for (var row : ImageRows.lock(connection, List.of(former, next))) {
            if (row.image().sha256().equals(former)
                    && row.state() == State.KEPT
                    && !ReferenceRows.anyStands(connection, former)) {
                var removal = ImageRows.remove(connection, row.image(), row.faces(), tokens.get());
                ImageRows.free(connection, former, State.REMOVING, removal.token());
            }
        }
    }

    private Claim claim(Connection connection, SentImage image) throws SQLException {
        var token = tokens.get();
        while (true) {
            if (ImageRows.claim(connection, image, token)) {
                return new Granted(image, token, true);
            }
            var row = ImageRows.lock(connection, image.sha256());
            if (row.isPresent()) {
                return claim(connection, image, row.get(), token);
            }
            // another process deleted the row between the two statements
        }
    }

    private static Claim claim(Connection connection, SentImage image, ImageRow row, String token) throws SQLException {
        if (row.state() == State.KEPT) {
            return row.image().equals(image)
                    ? row.kept()
                    : ImageRows.remove(connection, row.image(), row.faces(), token);
        }
        if (row.isHeld()) {
            return new Busy();
        }
        if (row.state() == State.REMOVING) {
            return ImageRows.remove(connection, row.image(), row.faces(), token);
        }
        ImageRows.claimAgain(connection, image, token);
        return new Granted(image, token, false);
    }

    @Override
    public Keep keep(Granted claim, List<Face> faces) {
        var image = claim.image();
        return postgres.transaction(connection -> {
            var row = ImageRows.lock(connection, image.sha256()).orElse(null);
            if (row != null && row.state() != State.CLAIMED) {
                return keepLate(connection, row, claim, faces);
            }
            if (!ReferenceRows.anyStands(connection, image.sha256())) {
                return ImageRows.remove(connection, image, faces, claim.token());
            }
            return ImageRows.keep(connection, image, faces);
        });
    }

    /**
     * The lease was over, and another process has asked too, or removes the faces. Faces that it does not know are
     * removed, together with those that it knows.
     */
    private static Keep keepLate(Connection connection, ImageRow row, Granted claim, List<Face> faces)
            throws SQLException {
        var known = row.faces();
        return row.state() == State.KEPT && known != null && Set.copyOf(known).equals(Set.copyOf(faces))
                ? row.kept()
                : ImageRows.remove(connection, row.image(), together(known, faces), claim.token());
    }

    private static @Nullable List<Face> together(@Nullable List<Face> known, List<Face> faces) {
        return known == null
                ? null
                : List.copyOf(new LinkedHashSet<>(
                        Stream.concat(known.stream(), faces.stream()).toList()));
    }

    @Override
    public void giveUp(Granted claim, boolean nothingMade) {
        var sha256 = claim.image().sha256();
        postgres.transaction(connection -> {
            if (!claim.isFirst()
                    || !nothingMade
                    || !ImageRows.delete(connection, sha256, State.CLAIMED, claim.token())) {
                ImageRows.free(connection, sha256, State.CLAIMED, claim.token());
            }
            return claim;
        });
    }

    @Override
    public Drop drop(ImageHolder holder, long version) {
        return postgres.transaction(connection -> {
            var reference = ReferenceRows.lock(connection, holder);
            if (reference.version() > version) {
                return new Late();
            }
            var sha256 = reference.sha256();
            var dropped = new Reference(version, sha256, true);
            ReferenceRows.change(connection, holder, reference, dropped);
            var drop = sha256 == null ? new Gone() : letGo(connection, sha256);
            if (drop instanceof Gone) {
                ReferenceRows.change(connection, holder, dropped, new Reference(version, null, true));
            }
            return drop;
        });
    }

    private Drop letGo(Connection connection, String sha256) throws SQLException {
        var row = ImageRows.lock(connection, sha256).orElse(null);
        if (row == null || ReferenceRows.anyStands(connection, sha256)) {
            return new Gone();
        }
        return row.isHeld() ? new Busy() : ImageRows.remove(connection, row.image(), row.faces(), tokens.get());
    }

    @Override
    public List<Removal> takeUnfinished(int limit) {
        return postgres.transaction(connection -> {
            var taken = new ArrayList<Removal>();
            for (var row : ImageRows.unfinished(connection, limit)) {
                taken.add(ImageRows.remove(connection, row.image(), row.faces(), tokens.get()));
            }
            return taken;
        });
    }

    @Override
    public void removed(Removal removal) {
        postgres.transaction(connection -> {
            if (ImageRows.delete(connection, removal.sha256(), State.REMOVING, removal.token())) {
                ReferenceRows.forgetDropped(connection, removal.sha256());
            }
            return removal;
        });
    }

    @Override
    public void giveUp(Removal removal) {
        postgres.transaction(connection -> {
            ImageRows.free(connection, removal.sha256(), State.REMOVING, removal.token());
            return removal;
        });
    }

    @Override
    public void renew(Collection<String> held) {
        if (!held.isEmpty()) {
            postgres.run(connection -> ImageRows.renew(connection, held));
        }
    }

    @Override
    public void searched(Kept image, float threshold) {
        postgres.transaction(connection -> {
            ImageSearches.done(connection, image, threshold);
            return image;
        });
    }

    @Override
    public List<Kept> dueSearches(int limit) {
        return postgres.run(connection -> ImageSearches.due(connection, limit));
    }

    @Override
    public void searchedAgain(Kept image) {
        postgres.run(connection -> ImageSearches.doneAgain(connection, image));
    }

    @Override
    public String name() {
        return "postgres";
    }

    @Override
    public void probe() {
        postgres.probe(connection -> Postgres.tryToWrite(connection, TRY));
    }
}
