package io.sluice.gateway.product.bulk;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class AnswerStreamTest {
    @Test
    void isOpenUntilTheClientHasReadItsLastByte() throws Exception {
        var answers = finished(Duration.ofSeconds(30));
        var over = over(answers);

        assertThat(answers.readNBytes(3)).asString(UTF_8).isEqualTo("1\n2");
        assertThat(over).isNotDone();
        assertThat(answers.read()).isEqualTo('\n');
        over.get();
        assertThat(answers.read()).isEqualTo(-1);
    }

    @Test
    void endsWhenTheClientDisconnects() throws Exception {
        var answers = finished(Duration.ofSeconds(30));
        var over = over(answers);

        answers.close();
        over.get();
    }

    @Test
    void isBrokenOffForAClientThatReadsNothing() throws Exception {
        var answers = finished(Duration.ofMillis(20));

        over(answers).get();
        assertThatThrownBy(answers::read).isInstanceOf(IOException.class);
    }

    private static AnswerStream finished(Duration patience) throws InterruptedException {
        var answers = new AnswerStream(1_000, patience);
        answers.add("1\n".getBytes(UTF_8));
        answers.add("2\n".getBytes(UTF_8));
        answers.finish();
        return answers;
    }

    private static CompletableFuture<Void> over(AnswerStream answers) {
        return CompletableFuture.runAsync(() -> {
            try {
                answers.awaitTaken();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        });
    }
}
