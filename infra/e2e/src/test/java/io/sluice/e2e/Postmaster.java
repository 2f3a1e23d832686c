package io.sluice.e2e;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;

/** The Postgres server of a data folder, found without Sluice's main code. */
final class Postmaster {
    private Postmaster() {}

    /** {@return the process of the running server} */
    static Optional<ProcessHandle> of(Path data) {
        try (var lines = Files.lines(data.resolve("postgres/data/postmaster.pid"))) {
            return lines.findFirst()
                    .flatMap(pid -> ProcessHandle.of(Long.parseLong(pid.strip())))
                    .filter(ProcessHandle::isAlive);
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
