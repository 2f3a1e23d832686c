package io.sluice.gateway.admin.letters.view;

import io.sluice.stores.letters.LetterGroup;
import io.sluice.stores.letters.LetterState;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.List;

/**
 * All dead letters, in groups.
 *
 * @param open how many are open in all groups
 */
@Schema(name = "DeadLetterGroups")
record LetterGroups(List<Group> groups, long open) {
    /**
     * The letters of one topic with one code.
     *
     * @param pipeline the processor that gave the records up
     * @param open how many letters no admin has dealt with yet
     * @param redriven how many were sent back, and have neither passed nor failed since
     * @param mended how many have passed after they were sent back
     * @param discarded how many an admin has discarded, and how many whose photo or selfie was deleted since
     * @param expired how many were open when their topic deleted them
     * @param oldest when the oldest open one failed; the oldest of all when none is open
     * @param newest when the newest open one failed; the newest of all when none is open
     * @param lastHour how many failed within the last hour
     * @param sample the newest open letter; the newest of all when none is open
     */
    @Schema(name = "DeadLetterGroup")
    record Group(
            String topic,
            String pipeline,
            String code,
            long open,
            long redriven,
            long mended,
            long discarded,
            long expired,
            Instant oldest,
            Instant newest,
            long lastHour,
            LetterView sample) {
        private static Group of(LetterGroup group) {
            var sample = group.sample().record();
            return new Group(
                    sample.id().topic(),
                    sample.pipeline(),
                    sample.reason().code(),
                    group.count(LetterState.OPEN),
                    group.count(LetterState.REDRIVEN),
                    group.count(LetterState.MENDED),
                    group.count(LetterState.DISCARDED),
                    group.count(LetterState.EXPIRED),
                    group.oldest(),
                    group.newest(),
                    group.lastHour(),
                    LetterView.of(group.sample()));
        }
    }

    static LetterGroups of(List<LetterGroup> groups) {
        return new LetterGroups(
                groups.stream().map(Group::of).toList(),
                groups.stream()
                        .mapToLong(group -> group.count(LetterState.OPEN))
                        .sum());
    }
}
