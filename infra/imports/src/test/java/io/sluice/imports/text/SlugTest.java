package io.sluice.imports.text;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.seed.Seed;
import io.sluice.seed.Seeded;
import java.util.HashMap;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SlugTest {
    private static final int LONGEST = 255;

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            C                        | c
            C++                      | c-plus-plus
            c ++                     | c-plus-plus
            C#                       | c-sharp
            Notepad++                | notepad-plus-plus
            A+                       | a-plus
            R&D                      | r-and-d
            100 % coton              | 100-percent-coton
            5€                       | 5-euro
            Canal plus               | canal-plus
            Food and drink           | food-and-drink
            Télé 100                 | tele-100
            Œuvres d'art             | oeuvres-d-art
            Hôtels, cafés (HCR)      | hotels-cafes-hcr
            Bar / Tabac              | bar-tabac
            S.A.R.L.                 | s-a-r-l
            plus                     | plus
            c-plus-plus              | c-plus-plus
            """)
    void aNameThatCanBeReadBackHasAPlainSlug(String name, String slug) {
        assertThat(Slug.of(name, LONGEST)).isEqualTo(slug);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            Canal+                   | canal-plus-
            C plus plus              | c-plus-plus-
            Café & Thé               | cafe-and-the-
            .NET                     | net-
            A-                       | a-
            Version 2.0              | version-2-0-
            1/2                      | 1-2-
            10²                      | 10-2-
            Hôtel ***                | hotel-star-star-star-
            Yahoo!                   | yahoo-
            茶                       |
            مقهى                     |
            🍕                       |
            """)
    void everyOtherNameHasAHash(String name, String beginning) {
        assertThat(Slug.of(name, LONGEST)).matches((beginning == null ? "" : beginning) + "x[0-9a-z]{8}");
    }

    @Test
    void theHashOfANameNeverChanges() {
        assertThat(List.of(Slug.of("Canal+", LONGEST), Slug.of("茶", LONGEST), Slug.within("Auto", "1/2", LONGEST)))
                .containsExactly("canal-plus-xf0kmgnz7", "xfr05q8rh", "auto--1-2-xsr4xdzvv");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "C|C+|C++|C#|C plus plus|C sharp|C-|-C|C*|C**|C!|.C|C/|C&|C@|C:",
                "NET|.NET|N.E.T.|#NET|@NET",
                "50|50%|50€|€50|50 percent|50 euro|+50|-50|50+|5 0|5.0|5,0|5/0|5:0",
                "12|1/2|½|1 2|1²|1.2|1,2|１½",
                "R&D|R+D|R D|RD|R and D|R/D|R@D",
                "Café & Thé|Café + Thé|Café Thé|Café et Thé|Café and Thé|Café% Thé",
                "茶|咖啡|茶咖啡|茶 咖啡|🍕|🍔|مقهى|кафе|кофе|カフェ|かき|がき|कि|कु|й|и",
                "x12345678|x1234567é|Hôtel **|Hôtel ***|Hôtel|A|A*|A-|A--",
                "❤|♡|👨‍👩‍👧|👨👩👧|…|?|!|*|+|-|()|'"
            })
    void differentNamesHaveDifferentSlugs(String names) {
        var all = List.of(names.split("\\|"));
        var slugs = all.stream().map(name -> Slug.of(name, LONGEST)).toList();

        assertThat(slugs).doesNotHaveDuplicates().allMatch(Slug::isOne);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Café crème|CAFE CREME|  cafe\u00A0crème |Cafe\u0301-crème|café_crème|ca\u00ADfé crème|Ｃａｆé crème",
                "C++|c++|C ++|C + +|\u200EC++|Ｃ＋＋",
                "Œuvre|œuvre|OEUVRE|oeuvre",
                "L'Oréal|L’Oréal|l oreal|L-Oréal",
                "ΚΑΦΕΣ|Καφές|καφεσ",
                "Bar, tabac|Bar / tabac|Bar-tabac|Bar (tabac)|« Bar » tabac|Bar ; tabac.|Bar – tabac",
                "100%|100 %|100\u202F%",
                "❤|❤\uFE0F",
                "Strasse|STRASSE|Straße|STRAẞE"
            })
    void namesThatMeanTheSameHaveOneSlug(String names) {
        var all = List.of(names.split("\\|"));
        assertThat(all)
                .allSatisfy(name -> assertThat(Slug.of(name, LONGEST)).isEqualTo(Slug.of(all.getFirst(), LONGEST)));
    }

    @Seeded
    @Test
    void aSlugHasOneNameAndCanBeUsedInItsPlace(Seed seed) {
        var random = seed.random();
        var pieces = List.of(
                "a",
                "b",
                "plus",
                "sharp",
                "and",
                "1",
                "50",
                "percent",
                "é",
                "+",
                "#",
                "&",
                "%",
                "€",
                "-",
                " ",
                ".",
                "/",
                "'",
                "*",
                "(",
                "茶",
                "½",
                "x0123456");
        var names = new HashMap<String, List<String>>();
        for (var i = 0; i < 20_000; i++) {
            var name = IntStream.range(0, 1 + random.nextInt(6))
                    .mapToObj(_ -> pieces.get(random.nextInt(pieces.size())))
                    .collect(Collectors.joining());
            var longest = random.nextInt(8) == 0 ? 20 : LONGEST;
            var slug = Slug.of(name, longest);
            if (slug.isEmpty()) {
                assertThat(name).isBlank();
                continue;
            }
            assertThat(slug).as("'%s'", name).matches(Slug::isOne).hasSizeLessThanOrEqualTo(longest);
            assertThat(Slug.of(slug, longest)).as("'%s'", name).isEqualTo(slug);
            if (!Slug.isOne(name)) {
                var parts = NameParts.of(name);
                assertThat(names.computeIfAbsent(slug, _ -> parts))
                        .as("%s", slug)
                        .isEqualTo(parts);
            }
        }
    }

    @Test
    void aSlugThatWouldBeTooLongIsCutAndHasAHash() {
        var one = "a ".repeat(127) + "b";
        var other = "a ".repeat(127) + "c";

        assertThat(Slug.of(one, 100)).hasSizeLessThanOrEqualTo(100).isNotEqualTo(Slug.of(other, 100));
        assertThat(Slug.within(one, other, 255)).hasSizeLessThanOrEqualTo(255).isNotEqualTo(Slug.within(one, one, 255));
        assertThat(Slug.of("ß".repeat(255), 255)).hasSizeLessThanOrEqualTo(255);
    }

    @Test
    void aNameWithinAParentHasNoSlugOfAnotherSplit() {
        assertThat(List.of(
                        Slug.within("Auto", "Moto pièces", LONGEST),
                        Slug.within("Auto moto", "Pièces", LONGEST),
                        Slug.within("", "Auto moto pièces", LONGEST),
                        Slug.within("C++", "Livres", LONGEST),
                        Slug.within("C", "Livres", LONGEST)))
                .containsExactly(
                        "auto--moto-pieces",
                        "auto-moto--pieces",
                        "auto-moto-pieces",
                        "c-plus-plus--livres",
                        "c--livres");
        assertThat(Slug.within("c-plus-plus", "livres", LONGEST)).isEqualTo("c-plus-plus--livres");
        assertThat(Slug.within("Mode", "auto--livres", LONGEST)).isEqualTo("auto--livres");
    }
}
