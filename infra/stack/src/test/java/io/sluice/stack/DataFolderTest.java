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
    void aFolderThatOthersCouldUseBecomesItsOwnersAndSaysSo() throws IOException {
        var data = folder("rwxrwxrwx");
        assertThat(DataFolder.make(data))
                .hasValueSatisfying(
                        notice -> assertThat(notice).contains(data.toString(), "rwxrwxrwx", "now only its owner can"));
        assertThat(permissions(data)).isEqualTo("rwx------");
        assertThat(DataFolder.make(data)).isEmpty();

        Files.writeString(data.resolve("lock"), "1\n");
        Files.setPosixFilePermissions(data, PosixFilePermissions.fromString("rwxr-xr-x"));
        assertThat(DataFolder.make(data)).isPresent();
        assertThat(permissions(data)).isEqualTo("rwx------");
    }

    @Test
    void aFolderWithOtherFilesKeepsItsPermissionsAndSaysSo() throws IOException {
        var data = folder("rwxrwxr-x");
        Files.createFile(data.resolve("somebody's"));

        assertThat(DataFolder.make(data))
                .hasValueSatisfying(notice -> assertThat(notice).contains(data.toString(), "rwxrwxr-x", "chmod 700"));
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
