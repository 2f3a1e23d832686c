package io.sluice.e2e;

import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Every link in the documents leads to a file, and to a heading in it. */
class DocumentLinksTest {
    private static final Path ROOT = Path.of("..", "..");
    private static final Pattern LINK = Pattern.compile("]\\(([^)\\s]+)\\)");
    private static final Pattern CODE_BLOCK = Pattern.compile("(?ms)^```.*?^```");
    private static final Pattern HEADING = Pattern.compile("(?m)^#+ (.+)$");
    private static final int SCREENS = 120;

    @Test
    void everyLinkLeadsToAFileAndToAHeadingInIt() throws IOException {
        var pages = pages();
        assertThat(pages).hasSizeGreaterThan(20);
        var broken = pages.stream().flatMap(DocumentLinksTest::broken).toList();
        assertThat(broken).isEmpty();
    }

    @Test
    void theReadmeIsReadInOneGo() throws IOException {
        assertThat(Files.readAllLines(ROOT.resolve("README.md"))).hasSizeLessThanOrEqualTo(SCREENS);
    }

    private static Set<Path> pages() throws IOException {
        try (var documents = Files.walk(ROOT.resolve("docs"));
                var root = Files.list(ROOT)) {
            return Stream.concat(documents, root)
                    .filter(file -> file.toString().endsWith(".md"))
                    .collect(toSet());
        }
    }

    private static Stream<String> broken(Path page) {
        return LINK.matcher(CODE_BLOCK.matcher(read(page)).replaceAll(""))
                .results()
                .map(link -> link.group(1))
                .filter(link -> !link.contains("://"))
                .filter(link -> !leadsSomewhere(page, link))
                .map(link -> ROOT.relativize(page) + " -> " + link);
    }

    private static boolean leadsSomewhere(Path page, String link) {
        var parts = link.split("#", 2);
        var target = parts[0].isEmpty() ? page : page.resolveSibling(parts[0]);
        return Files.exists(target)
                && (parts.length == 1 || anchors(read(target)).contains(parts[1]));
    }

    /** Makes the anchor of a heading as GitHub does: lower case, hyphens for spaces, no other punctuation. */
    private static Set<String> anchors(String page) {
        return HEADING.matcher(CODE_BLOCK.matcher(page).replaceAll(""))
                .results()
                .map(heading -> heading.group(1).toLowerCase(Locale.ROOT))
                .map(text -> text.replaceAll("[^\\p{L}\\p{N} _-]", "").replace(' ', '-'))
                .collect(toSet());
    }

    private static String read(Path page) {
        try {
            return Files.readString(page);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
