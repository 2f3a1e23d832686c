package io.sluice.cli.watch;

import io.sluice.client.SluiceClient;
import io.sluice.client.http.Answer;
import io.sluice.client.http.Answer.Refused;
import io.sluice.client.http.Answer.Success;
import io.sluice.client.http.FileOnDisk;
import io.sluice.client.http.FilePart;
import io.sluice.client.photo.UploadedPhoto;
import io.sluice.client.photo.UploadedPhoto.Rejected;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Uploads photos, many in a call. A call that is refused as a whole, or breaks off each
 * time, is halved until the one photo is found. */
final class PhotoUploads {
    private static final long MOST_BYTES = 64L << 20;
    private static final Rejected BROKEN_OFF = new Rejected("", "the call fails each time the photo is sent", true);

    private final WatchGateway gateway;
    private final Outcomes outcomes;
    private final int mostFiles;
    private final List<PhotoFile> batch = new ArrayList<>();
    private long bytes;

    /** @param mostFiles how many photos a call has at most */
    PhotoUploads(WatchGateway gateway, Outcomes outcomes, int mostFiles) {
        this.gateway = gateway;
        this.outcomes = outcomes;
        this.mostFiles = mostFiles;
    }

    /** Takes a photo, and uploads those before it once they are enough for a call. */
    void add(PhotoFile photo) throws IOException, InterruptedException {
        var size = photo.file().state().size();
        if (batch.size() == mostFiles || (!batch.isEmpty() && bytes + size > MOST_BYTES)) {
            flush();
        }
        batch.add(photo);
        bytes += size;
    }

    /**
     * Uploads the photos that were taken.
     *
     * @throws IOException when the outcome cannot be written to the journal
     */
    void flush() throws IOException, InterruptedException {
        try {
            send(batch);
        } finally {
            batch.clear();
            bytes = 0;
            outcomes.write();
        }
    }

    /** {@return how many photos were taken and are not uploaded yet} */
    int waiting() {
        return batch.size();
    }

    private void send(List<PhotoFile> photos) throws InterruptedException {
        var sent = new ArrayList<>(photos);
        var answer = gateway.askUnlessItBreaks(client -> upload(client, sent));
        if (answer.isPresent() && answer.get() instanceof Success<List<UploadedPhoto>>(var _, var answers)) {
            for (var i = 0; i < answers.size(); i++) {
                outcomes.note(sent.get(i), answers.get(i));
            }
        } else if (sent.size() > 1) {
            send(sent.subList(0, sent.size() / 2));
            send(sent.subList(sent.size() / 2, sent.size()));
        } else {
            outcomes.note(sent.getFirst(), answer.map(PhotoUploads::refusal).orElse(BROKEN_OFF));
        }
    }

    private static Rejected refusal(Answer<List<UploadedPhoto>> answer) {
        return answer instanceof Refused<List<UploadedPhoto>>(var problem, var _)
                ? new Rejected("", problem.reason(), false)
                : BROKEN_OFF;
    }

    /** Uploads those of the photos that are still as they were read. Takes the others out of the list. */
    private static Answer<List<UploadedPhoto>> upload(SluiceClient client, List<PhotoFile> photos) throws IOException {
        photos.removeIf(photo -> photo.file().hasChanged());
        if (photos.isEmpty()) {
            return new Success<>(0, List.of());
        }
        try {
            return client.photos()
                    .upload(photos.stream()
                            .map(photo -> new FileOnDisk(photo.file().path(), FilePart.ANY))
                            .toList());
        } catch (IOException e) {
            if (photos.stream().anyMatch(photo -> photo.file().hasChanged())) {
                return new Success<>(0, List.of()); // it broke off for that, and the next look takes the others
            }
            throw e;
        }
    }
}
