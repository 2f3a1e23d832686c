package io.sluice.runtime.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.runtime.engine.CommitNote.InFlight;
import io.sluice.runtime.engine.CommitNote.Span;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CommitNoteTest {
    @Test
    void countsDoneOffsetsFromTheCommittedOne() {
        var note = CommitNote.done(List.of(new Span(1_002, 1_004), new Span(1_007, 1_007)));

        assertThat(note.text(1_000)).isEqualTo("1 done=2-4,7");
        assertThat(CommitNote.parse("1 done=2-4,7", 1_000)).isEqualTo(note);
    }

    @Test
    void saysWhatIsInFlight() {
        var note = new CommitNote(
                "6f0c21aa",
                new InFlight(3, 1_009),
                1_004L,
                Map.of(1_004L, 1, 1_006L, 0),
                List.of(new Span(1_002, 1_002)));

        assertThat(note.text(1_000)).isEqualTo("1 run=6f0c21aa left=3 until=9 alone=4 ends=4:1,6:0 done=2");
        assertThat(CommitNote.parse(note.text(1_000), 1_000)).isEqualTo(note);
    }

    @Test
    void anEmptyNoteIsNoText() {
        assertThat(CommitNote.EMPTY.text(1_000)).isEmpty();
    }

    @Test
    void leavesOutWhatDoesNotFit() {
        var everySecond =
                LongStream.range(1, 3_000).mapToObj(i -> new Span(2 * i, 2 * i)).toList();

        var text = CommitNote.done(everySecond).text(0);

        assertThat(text).hasSizeBetween(4_000, 4_096);
        var read = CommitNote.parse(text, 0).done();
        assertThat(read).hasSizeGreaterThan(800).isEqualTo(everySecond.subList(0, read.size()));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", " ", "written by another tool", "2 done=1", "1", "1 other=7", "1 done=", "1 done=x,-,3-"})
    void ignoresATextThatIsNotOurs(String text) {
        assertThat(CommitNote.parse(text, 5)).isEqualTo(CommitNote.EMPTY);
    }

    @Test
    void readsAFieldOfALaterVersionOfSluiceAsNothing() {
        assertThat(CommitNote.parse("1 later=3 done=1 more=4", 0).done()).containsExactly(new Span(1, 1));
    }
}
