package io.sluice.embedder.platform;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

@EnabledOnOs(OS.LINUX)
class NicenessTest {
    /**
     * The index of the niceness in /proc/PID/stat: the 19th field of proc(5), counted from the third field, the state.
     */
    private static final int NICE = 19 - 3;

    @Test
    void onlyTheCallingThreadBecomesNice() {
        var before = niceness();
        var after = new CompletableFuture<Integer>();

        Thread.ofPlatform().start(() -> {
            assertThat(Niceness.ofThisThread(before + 5)).isTrue();
            after.complete(niceness());
        });

        assertThat(after.join()).isEqualTo(before + 5);
        assertThat(niceness()).isEqualTo(before);
    }

    @Test
    void aJvmThatMayNotCallNativeCodeChangesNothing() throws Exception {
        var java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        var process = new ProcessBuilder(
                        java,
                        "--illegal-native-access=deny",
                        "-Xshare:auto",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Asking.class.getName())
                .redirectErrorStream(true)
                .start();

        assertThat(new String(process.getInputStream().readAllBytes(), UTF_8)).endsWith("nice: false\n");
        assertThat(process.waitFor()).isZero();
    }

    /** A process that tries to set its niceness. */
    static final class Asking {
        public static void main(String[] args) {
            System.out.println("nice: " + Niceness.ofThisThread(5));
        }
    }

    private static int niceness() {
        try {
            var stat = Files.readString(Path.of("/proc/thread-self/stat"));
            return Integer.parseInt(stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1)[NICE]);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
