package io.sluice.stack;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DataFolderTest {
    @TempDir
    Path temp;

    @Test
    void aNewDataFolderIsForItsOwnerOnly() throws IOException {
        DataFolder.make(temp.resolve("parent/data"));

        assertThat(permissions(temp.resolve("parent/data"))).isEqualTo("rwx------");
    }

    @Test
    void theDataFolderOfAnEarlierVersionBecomesItsOwners() throws IOException {
        var data = folder("rwxr-xr-x");
        Files.writeString(data.resolve("lock"), "1\n");

        DataFolder.make(data);

        assertThat(permissions(data)).isEqualTo("rwx------");
    }

    @Test
    void aFolderThatWasMadeForSomethingElseKeepsItsPermissions() throws IOException {
        var data = folder("rwxrwxr-x");

        DataFolder.make(data);

        assertThat(permissions(data)).isEqualTo("rwxrwxr-x");
    }

    private Path folder(String permissions) throws IOException {
        var folder = Files.createDirectory(temp.resolve("data"));
        return Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString(permissions));
    }

    private static String permissions(Path folder) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(folder));
    }
}
