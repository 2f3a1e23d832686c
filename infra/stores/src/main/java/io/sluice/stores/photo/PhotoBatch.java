package io.sluice.stores.photo;

import io.sluice.stores.photo.PhotoLedger.Entry;
import io.sluice.stores.photo.PhotoLedger.ObjectKey;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The rows of some photos, what a batch of entries makes of them, and the objects that are named no more. */
final class PhotoBatch {
    private final Map<String, PhotoRow> before = new TreeMap<>();
    private final Map<String, PhotoRow> now = new TreeMap<>();
    private final Set<ObjectKey> seen = new HashSet<>();
    private final Set<Entry> late = new HashSet<>();

    /** @param rows one for each photo of the batch */
    PhotoBatch(Collection<PhotoRow> rows) {
        for (var row : rows) {
            before.put(row.photoId(), row);
            now.put(row.photoId(), row);
            row.objects().map(ObjectKey::of).forEach(seen::add);
        }
    }

    void add(Entry entry) {
        var row = Objects.requireNonNull(now.get(entry.photoId()), "the row of each entry is there");
        if (row.isNewerThan(entry)) {
            late.add(entry);
        }
        PhotoRow.objects(entry).map(ObjectKey::of).forEach(seen::add);
        now.put(entry.photoId(), row.after(entry));
    }

    /** {@return the rows that are not as they were, in the order of their ids} */
    List<PhotoRow> changed() {
        var changed = new ArrayList<PhotoRow>();
        now.forEach((id, row) -> {
            if (!row.equals(before.get(id))) {
                changed.add(row);
            }
        });
        return changed;
    }

    /** {@return the objects that the rows name now} */
    Set<ObjectKey> named() {
        return now.values().stream()
                .flatMap(PhotoRow::objects)
                .map(ObjectKey::of)
                .collect(Collectors.toSet());
    }

    /** {@return the objects that an entry or a former row named, and that no row names now} */
    Set<ObjectKey> unnamed() {
        var unnamed = new HashSet<>(seen);
        unnamed.removeAll(named());
        return unnamed;
    }

    /** {@return whose photos have changed} */
    Set<String> owners() {
        var owners = new TreeSet<String>();
        for (var row : changed()) {
            Stream.of(row, former(row))
                    .map(PhotoRow::upload)
                    .filter(Objects::nonNull)
                    .forEach(upload -> owners.add(upload.photo().owner()));
        }
        return owners;
    }

    /** {@return the faces that changed photos show or showed} */
    Set<String> faces() {
        var faces = new TreeSet<String>();
        for (var row : changed()) {
            Stream.of(row, former(row))
                    .map(PhotoRow::faces)
                    .filter(Objects::nonNull)
                    .flatMap(known -> known.found().stream())
                    .forEach(face -> faces.add(face.faceId()));
        }
        return faces;
    }

    /** {@return those of the changed rows whose faces have changed} */
    List<PhotoRow> changedFaces() {
        return changed().stream()
                .filter(row -> !Objects.equals(row.faces(), former(row).faces()))
                .toList();
    }

    private PhotoRow former(PhotoRow row) {
        return before.getOrDefault(row.photoId(), row);
    }

    /** {@return the entries that were older than their rows} */
    Set<Entry> late() {
        return late;
    }
}
