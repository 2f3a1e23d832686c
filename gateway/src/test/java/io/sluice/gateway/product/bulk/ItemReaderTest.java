package io.sluice.gateway.product.bulk;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.io.SequenceInputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ItemReaderTest {
    private static final int MAX = 20;
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @Test
    void givesEachLineWithItsNumber() throws IOException {
        assertThat(lines("{\"a\":1}\r\n\n  \t\n [2]\n\nlast")).containsExactly("1 {\"a\":1}\r", "4 [2]", "6 last");
        assertThat(lines("\uFEFF{}\n")).containsExactly("1 {}");
        assertThat(lines("")).isEmpty();
        assertThat(lines("\n \r\n")).isEmpty();
    }

    @Test
    void skipsALineThatIsTooLongAndContinues() throws IOException {
        assertThat(lines("x".repeat(MAX) + "\n" + "y".repeat(MAX + 1) + "\n" + "z".repeat(100_000) + "\nlast"))
                .containsExactly("1 " + "x".repeat(MAX), "2 too long", "3 too long", "4 last");
    }

    @Test
    void givesEachItemOfAnArrayWithItsNumber() throws IOException {
        assertThat(items(" \n[ {\"a\":[1,{}]} ,\n\"],[\\\"\\\\\" , 3,null,{\"b\" 4}\n] \n"))
                .containsExactly("1 {\"a\":[1,{}]}", "2 \"],[\\\"\\\\\"", "3 3", "4 null", "5 {\"b\" 4}");
        assertThat(items("\uFEFF[]")).isEmpty();
        assertThat(items("[1]")).containsExactly("1 1");
    }

    @Test
    void skipsAnItemThatIsTooLongAndContinues() throws IOException {
        assertThat(items("[\"" + "y".repeat(100_000) + "\",2]")).containsExactly("1 too long", "2 2");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "''| 1 the body ends before its array does",
                "{}| 1 a JSON array begins with [",
                "[| 1 the body ends within it",
                "[1| 1 the body ends within it",
                "[1,{| 1 1; 2 the body ends within it",
                "[1,\"\\| 1 1; 2 the body ends within it",
                "'[1 '| 1 1; 2 the body ends before its array does",
                "[1 2]| 1 1; 2 a comma or ] is missing before it",
                "[1 [2]]| 1 1; 2 a comma or ] is missing before it",
                "[1,]| 1 1; 2 an item is missing",
                "[,1]| 1 an item is missing",
                "[{}},1]| 1 it has a bracket too many",
                "[1],| 1 1; 2 something follows the end of the array",
            })
    void saysWhereAnArrayIsBrokenAndStops(String body, String expected) throws IOException {
        assertThat(String.join("; ", items(body))).isEqualTo(expected);
    }

    @Test
    void distinguishesABodyThatBreaksOffFromOneThatEnds() {
        var reset = new InputStream() {
            @Override
            public int read() throws IOException {
                throw new IOException("connection reset");
            }

            @Override
            public int read(byte[] into, int from, int most) throws IOException {
                return read();
            }
        };
        var broken = new SequenceInputStream(new ByteArrayInputStream("{}\n{}".getBytes(UTF_8)), reset);
        var items = new NdjsonReader(new BodyBytes(broken, MAX, PATIENCE));

        assertThatThrownBy(() -> read(items)).isInstanceOf(IOException.class);
    }

    @Test
    void doesNotWaitForeverForAnItem() throws IOException {
        try (var silent = new PipedInputStream();
                var sender = new PipedOutputStream(silent)) {
            sender.write("{}\n{\"half".getBytes(UTF_8));
            var items = new NdjsonReader(new BodyBytes(silent, MAX, Duration.ofMillis(50)));

            assertThat(items.next()).isInstanceOf(Item.Whole.class);
            assertThatThrownBy(items::next)
                    .isInstanceOf(ItemDeadline.TooSlowException.class)
                    .hasMessageStartingWith("no complete item arrived within");
            assertThat(Thread.currentThread().isInterrupted()).isFalse();
        }
    }

    private static List<String> lines(String body) throws IOException {
        return inPieces(body, NdjsonReader::new);
    }

    private static List<String> items(String body) throws IOException {
        return inPieces(body, JsonArrayReader::new);
    }

    /** Reads the body in pieces of several sizes; the items must be the same for every size. */
    private static List<String> inPieces(String body, Function<BodyBytes, ItemReader> framing) throws IOException {
        var bytes = body.getBytes(UTF_8);
        var whole = read(framing.apply(new BodyBytes(new ByteArrayInputStream(bytes), MAX, PATIENCE)));
        var trickle = new ByteArrayInputStream(bytes) {
            @Override
            public synchronized int read(byte[] into, int offset, int length) {
                return super.read(into, offset, Math.min(length, 1));
            }

            @Override
            public int read(byte[] into) {
                return read(into, 0, into.length);
            }
        };
        assertThat(read(framing.apply(new BodyBytes(trickle, MAX, PATIENCE)))).isEqualTo(whole);
        return whole;
    }

    private static List<String> read(ItemReader items) throws IOException {
        var all = new ArrayList<String>();
        for (var item = items.next(); item != null; item = items.next()) {
            var what = switch (item) {
                case Item.Whole whole -> new String(whole.json(), UTF_8);
                case Item.TooLong tooLong -> "too long";
                case Item.Broken broken -> broken.reason();
            };
            all.add(item.line() + " " + what);
        }
        assertThat(items.next()).isNull();
        return all;
    }
}
