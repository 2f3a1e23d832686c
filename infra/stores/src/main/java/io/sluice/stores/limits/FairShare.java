package io.sluice.stores.limits;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.Map;
import java.util.TreeMap;

/**
 * Divides permits among instances: each gets what it wants, as long as no other gets less than an equal part. What cannot
 * be divided goes to one instance after the other, so that an instance is not without permits for ever when there are more
 * instances than permits.
 */
final class FairShare {
    private FairShare() {}

    /**
     * {@return how many permits this instance should have}
     *
     * @param permits of all instances together
     * @param wanted how many calls each instance has, by its name
     * @param turn grows with time; decides who gets what cannot be divided
     */
    static int of(String instance, int permits, Map<String, Integer> wanted, long turn) {
        var names = new ArrayList<>(new TreeMap<>(wanted).keySet());
        Collections.rotate(names, (int) (turn % names.size()));
        names.sort(Comparator.comparing(name -> wanted.getOrDefault(name, 0)));
        var left = permits;
        for (var i = 0; i < names.size(); i++) {
            var share = Math.min(wanted.getOrDefault(names.get(i), 0), left / (names.size() - i));
            if (names.get(i).equals(instance)) {
                return share;
            }
            left -= share;
        }
        return 0;
    }
}
