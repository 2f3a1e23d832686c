package io.sluice.local.demo;

import static io.sluice.local.demo.DemoFailedException.refused;

import io.sluice.client.SluiceClient;
import io.sluice.client.http.FileInMemory;
import io.sluice.client.photo.Photo;
import io.sluice.client.photo.PhotoStatus;
import io.sluice.client.photo.Rendition;
import io.sluice.client.photo.UploadedPhoto;
import io.sluice.samplephotos.SamplePhoto;
import io.sluice.samplephotos.SamplePhotos;
import io.sluice.schemas.text.VisibleLines;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import javax.imageio.ImageIO;

/** Uploads sample photos, waits until all are prepared, and prints the newest ones of the caller's gallery. */
final class PhotoGallery {
    private static final Duration LOOK_AGAIN = Duration.ofMillis(100);
    private static final int PHOTOS = 20;
    private static final int PEOPLE = 5;
    private static final long SEED = 1;
    private static final int PAGE = 200;
    private static final int SHOWN = 3;

    private final SluiceClient sluice;
    private final VisibleLines out;
    private final Duration patience;
    private final SamplePhotos samples = SamplePhotos.of(PEOPLE, PHOTOS, SEED);
    private final Map<String, SamplePhoto> uploaded = new LinkedHashMap<>();

    /**
     * Prepares the photos of one caller.
     *
     * @param patience how long the photos may take to be prepared
     */
    PhotoGallery(SluiceClient sluice, VisibleLines out, Duration patience) {
        this.sluice = sluice;
        this.out = out;
        this.patience = patience;
    }

    /** Draws the photos and uploads them in one call. */
    void upload() throws IOException, DemoFailedException {
        out.println("Drawing and uploading " + PHOTOS + " photos of people who do not exist.");
        var photos = samples.photos();
        var files = photos.parallelStream()
                .map(photo -> new FileInMemory(photo.fileName(), "image/jpeg", photo.jpeg()))
                .toList();
        var answers = sluice.photos().upload(files).orElseThrow(problem -> refused("the upload of photos", problem));
        for (int i = 0; i < photos.size(); i++) {
            uploaded.put(idOf(answers.get(i)), photos.get(i));
        }
    }

    /** Returns the photo's id. A demo that runs again over the same data folder finds its photos there. */
    private static String idOf(UploadedPhoto answer) throws DemoFailedException {
        return switch (answer) {
            case UploadedPhoto.Queued(var id, var _, var _) -> id;
            case UploadedPhoto.Duplicate(var id, var _) -> id;
            case UploadedPhoto.Rejected(var name, var reason, var _) ->
                throw new DemoFailedException("the photo " + name + " was rejected: " + reason);
        };
    }

    /** Waits until the photos are prepared, checks each of them, and prints the newest. */
    void show() throws IOException, DemoFailedException, InterruptedException {
        var deadline = System.nanoTime() + patience.toNanos();
        var gallery = prepared();
        while (gallery.isEmpty()) {
            if (System.nanoTime() > deadline) {
                throw new DemoFailedException("the photos were not prepared in time");
            }
            TimeUnit.NANOSECONDS.sleep(LOOK_AGAIN.toNanos());
            gallery = prepared();
        }
        requireNewestFirst(gallery.get());
        out.println("The newest of the " + PHOTOS + " photos in the gallery:");
        int shown = 0;
        for (var photo : gallery.get()) {
            var thumbnail = thumbnail(photo);
            if (shown++ < SHOWN) {
                out.printf(
                        "      %s  %s  %d x %d, thumbnail %s%n",
                        photo.takenAt(), photo.fileName(), photo.width(), photo.height(), thumbnail);
            }
        }
        out.println("Every photo is prepared and upright, and its thumbnail was decoded.");
    }

    /** {@return the selfie of the first person on the photos} */
    SamplePhoto selfie() {
        return samples.selfies().getFirst();
    }

    /** {@return the ids of the uploaded photos that show all people on this one} */
    Set<String> showing(SamplePhoto selfie) {
        return uploaded.entrySet().stream()
                .filter(photo -> photo.getValue().people().containsAll(selfie.people()))
                .map(Map.Entry::getKey)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** {@return our photos in the order of the gallery; empty while one of them is not prepared} */
    private Optional<List<Photo>> prepared() throws IOException, DemoFailedException {
        var ours = new ArrayList<Photo>();
        var next = "";
        do {
            var page = sluice.photos().mine(next, PAGE).orElseThrow(problem -> refused("the gallery", problem));
            page.photos().stream()
                    .filter(photo -> uploaded.containsKey(photo.id()))
                    .forEach(ours::add);
            next = page.next();
        } while (!next.isEmpty());
        for (var photo : ours) {
            if (photo.status() == PhotoStatus.FAILED) {
                throw new DemoFailedException("the photo " + photo.fileName() + " was not prepared");
            }
        }
        var isComplete = ours.size() == uploaded.size()
                && ours.stream().allMatch(photo -> photo.status().isPrepared());
        return isComplete ? Optional.of(ours) : Optional.empty();
    }

    private static void requireNewestFirst(List<Photo> gallery) throws DemoFailedException {
        for (int i = 1; i < gallery.size(); i++) {
            var newer = gallery.get(i - 1).takenAt();
            var older = gallery.get(i).takenAt();
            if (newer.compareTo(older) < 0) {
                throw new DemoFailedException("the gallery has a photo of " + newer + " before one of " + older);
            }
        }
    }

    /** Decodes the thumbnail. {@return its size} */
    private String thumbnail(Photo photo) throws IOException, DemoFailedException {
        var bytes = sluice.photos()
                .read(photo.id(), Rendition.THUMBNAIL, body -> body.readAllBytes())
                .orElseThrow(problem -> refused("the thumbnail of " + photo.fileName(), problem));
        var thumbnail = ImageIO.read(new ByteArrayInputStream(bytes));
        var drawn = uploaded.get(photo.id());
        if (thumbnail == null || drawn == null) {
            throw new DemoFailedException("the thumbnail of " + photo.fileName() + " is no picture");
        }
        var isUpright = photo.width() == drawn.width() && photo.height() == drawn.height();
        if (!isUpright || thumbnail.getWidth() > thumbnail.getHeight() != drawn.width() > drawn.height()) {
            throw new DemoFailedException("the photo " + photo.fileName() + " was not turned upright");
        }
        return thumbnail.getWidth() + " x " + thumbnail.getHeight();
    }
}
