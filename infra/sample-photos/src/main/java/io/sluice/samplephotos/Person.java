package io.sluice.samplephotos;

import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

/**
 * A person who does not exist.
 *
 * @param name within its samples: {@code p1}, {@code p2} and so on
 * @param marker what is on the person's face; people of different seeds have different ones
 */
public record Person(String name, FaceMarker marker) {
    /** {@return the people of a seed: the first ones are the same, however many there are} */
    static List<Person> of(int count, long seed) {
        var random = new Random(seed ^ 0x0FACE);
        var markers = IntStream.generate(random::nextInt)
                .mapToObj(FaceMarker::new)
                .filter(FaceMarker::isReadOneWayOnly)
                .distinct()
                .limit(count)
                .toList();
        return IntStream.range(0, count)
                .mapToObj(i -> new Person("p" + (i + 1), markers.get(i)))
                .toList();
    }

    /** {@return the source of the person's looks, which are the same on every photo} */
    Random looks() {
        return new Random(marker.number());
    }
}
