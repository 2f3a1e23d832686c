package io.sluice.samplephotos;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Photos of a few people, and a selfie of each of them. The same seed always makes the same files; other seeds have other
 * people. The photos were taken over several days, in another order than that of their names. About half of them were
 * taken with a turned camera. Some tell where they were taken, as a phone does.
 *
 * @param people who is on the photos
 * @param selfies one of each person, in the order of the people
 * @param photos with none to four of the people; with as many photos as people, everybody is on one at least
 */
public record SamplePhotos(List<Person> people, List<SamplePhoto> selfies, List<SamplePhoto> photos) {
    /** The name of the file that tells who is on which photo. */
    public static final String TRUTH = "truth.json";

    private static final String SELFIES = "selfies";
    private static final int MOST_ON_A_PHOTO = 4;
    private static final LocalDateTime FIRST = LocalDateTime.of(2025, 6, 2, 9, 0);
    /** The mean time from one photo to the next: about ten a day. */
    private static final Duration APART = Duration.ofMinutes(144);

    private static final List<Turn> TURNED = List.of(Turn.HALF, Turn.RIGHT, Turn.LEFT);
    private static final int[][] SIZES = {{2048, 1536}, {2048, 1365}, {1600, 1200}, {1536, 2048}};

    public SamplePhotos {
        people = List.copyOf(people);
        selfies = List.copyOf(selfies);
        photos = List.copyOf(photos);
    }

    /** {@return the samples of a seed} */
    public static SamplePhotos of(int people, int photos, long seed) {
        if (people < 1 || photos < 1) {
            throw new IllegalArgumentException("samples need at least one person and one photo");
        }
        var all = Person.of(people, seed);
        var random = new Random(seed);
        var times = times(people + photos, random);
        var selfies = new ArrayList<SamplePhoto>();
        for (int i = 0; i < people; i++) {
            var person = all.get(i);
            var camera = new CameraData(Turn.UPRIGHT, times.get(i), ZoneOffset.ofHours(2), null);
            var name = SELFIES + "/" + person.name() + ".jpg";
            selfies.add(new SamplePhoto(name, List.of(person), 900, 1200, camera, random.nextLong()));
        }
        var drawn = new ArrayList<SamplePhoto>();
        for (int i = 0; i < photos; i++) {
            var size = SIZES[random.nextInt(SIZES.length)];
            drawn.add(new SamplePhoto(
                    String.format(Locale.ROOT, "img-%03d.jpg", i + 1),
                    present(all, i, random),
                    size[0],
                    size[1],
                    camera(times.get(people + i), random),
                    random.nextLong()));
        }
        return new SamplePhotos(all, selfies, drawn);
    }

    /** {@return a time for each photo, no two of them alike, in no order} */
    private static List<LocalDateTime> times(int count, Random random) {
        var times = IntStream.range(0, count)
                .mapToObj(i -> FIRST.plus(APART.multipliedBy(i)).plusSeconds(random.nextInt((int) APART.toSeconds())))
                .collect(Collectors.toCollection(ArrayList::new));
        Collections.shuffle(times, random);
        return times;
    }

    /** {@return who is on a photo: each in turn and some of the others, or nobody} */
    private static List<Person> present(List<Person> people, int number, Random random) {
        var turn = number % (people.size() + 1);
        var others = new ArrayList<>(people);
        Collections.shuffle(others, random);
        if (turn == people.size()) {
            return List.of();
        }
        var most = Math.min(MOST_ON_A_PHOTO, people.size());
        var company = others.stream()
                .filter(person -> !person.equals(people.get(turn)))
                .limit(random.nextInt(most))
                .toList();
        var present = new ArrayList<>(company);
        present.add(random.nextInt(company.size() + 1), people.get(turn));
        return present;
    }

    private static CameraData camera(LocalDateTime takenAt, Random random) {
        var turn = random.nextBoolean() ? Turn.UPRIGHT : TURNED.get(random.nextInt(TURNED.size()));
        var offset = random.nextBoolean() ? ZoneOffset.ofHours(2) : null;
        var position = random.nextInt(3) == 0
                ? new CameraData.Position(45 + random.nextDouble(), 5 + random.nextDouble())
                : null;
        return new CameraData(turn, takenAt, offset, position);
    }

    /** {@return who is on which photo and which selfie is whose, as JSON; all paths are relative to the folder} */
    public String truth() {
        var people = IntStream.range(0, selfies.size())
                .mapToObj(i -> "    \"%s\": {\"selfie\": \"%s\"}"
                        .formatted(this.people.get(i).name(), selfies.get(i).fileName()))
                .collect(Collectors.joining(",\n"));
        var photos = this.photos.stream()
                .map(photo -> "    \"%s\": [%s]".formatted(photo.fileName(), names(photo)))
                .collect(Collectors.joining(",\n"));
        return "{\n  \"people\": {\n%s\n  },\n  \"photos\": {\n%s\n  }\n}\n".formatted(people, photos);
    }

    private String names(SamplePhoto photo) {
        return people.stream()
                .filter(photo.people()::contains)
                .map(Person::name)
                .map(name -> '"' + name + '"')
                .collect(Collectors.joining(", "));
    }

    /** Writes all photos, the selfies and the truth into a folder. */
    public void write(Path folder) throws IOException {
        Files.createDirectories(folder.resolve(SELFIES));
        try {
            Stream.concat(selfies.stream(), photos.stream()).parallel().forEach(photo -> write(folder, photo));
        } catch (UncheckedIOException e) {
            throw new IOException(e.getCause());
        }
        Files.writeString(folder.resolve(TRUTH), truth());
    }

    private static void write(Path folder, SamplePhoto photo) {
        try {
            Files.write(folder.resolve(photo.fileName()), photo.jpeg());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
