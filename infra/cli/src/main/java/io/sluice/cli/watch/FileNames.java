package io.sluice.cli.watch;

import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** What the name of a file or a folder says about it. */
final class FileNames {
    /** Browsers, clients of file transfer, and programs that save to another name first. */
    private static final Set<String> UNFINISHED = Set.of(
            ".part",
            ".partial",
            ".crdownload",
            ".download",
            ".opdownload",
            ".filepart",
            ".aria2",
            ".!qb",
            ".tmp",
            ".temp",
            ".swp",
            "~");

    private static final Set<String> CLUTTER = Set.of("thumbs.db", "ehthumbs.db", "desktop.ini", "picasa.ini");

    /** Thumbnails and waste of network storage and of Windows. */
    private static final Set<String> FOLDERS_LEFT_OUT =
            Set.of("@eadir", "#recycle", "$recycle.bin", "system volume information", "lost+found");

    /** The gateway decides by the bytes which of these it accepts, and says why it refuses the others. */
    private static final Pattern PHOTO = Pattern.compile("(?is).*[.](jpe?g|jpe|jfif|png|webp|gif|heic|heif|hif|avif)");

    private static final Pattern EXTENSION = Pattern.compile("(?s).*([.][^.]{1,12})");

    private FileNames() {}

    /** {@return whether a file is still being written under this name} */
    static boolean isUnfinished(String name) {
        var lower = name.toLowerCase(Locale.ROOT);
        return lower.startsWith(".")
                || lower.startsWith("~$")
                || UNFINISHED.stream().anyMatch(lower::endsWith);
    }

    /** {@return the name that a program will give the unfinished file of this name, if that is known} */
    static Optional<String> finished(String name) {
        var lower = name.toLowerCase(Locale.ROOT);
        return UNFINISHED.stream()
                .filter(lower::endsWith)
                .map(ending -> name.substring(0, name.length() - ending.length()))
                .filter(finished -> !finished.isEmpty())
                .findFirst();
    }

    /** {@return whether the file belongs to the system and not to a person} */
    static boolean isClutter(String name) {
        return CLUTTER.contains(name.toLowerCase(Locale.ROOT));
    }

    /** {@return whether no photos are to be looked for in a folder of this name} */
    static boolean isFolderLeftOut(String name) {
        return name.startsWith(".") || FOLDERS_LEFT_OUT.contains(name.toLowerCase(Locale.ROOT));
    }

    /** {@return whether a photo may have this name} */
    static boolean isPhoto(String name) {
        return PHOTO.matcher(name).matches();
    }

    /** {@return what files of this kind are called: {@code .txt files}, for example} */
    static String kind(String name) {
        var extension = EXTENSION.matcher(name);
        return extension.matches()
                ? extension.group(1).toLowerCase(Locale.ROOT) + " files"
                : "files without an extension";
    }
}
