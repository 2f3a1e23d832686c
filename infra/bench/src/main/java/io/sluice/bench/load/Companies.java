package io.sluice.bench.load;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Companies that differ in every column but two, some 200 bytes each. */
public final class Companies {
    /** The columns, the key first. */
    public static final List<String> COLUMNS = List.of(
            "siret",
            "name",
            "siren",
            "category",
            "subcategory",
            "address",
            "city",
            "postcode",
            "phone",
            "email",
            "website",
            "naf");

    private static final int LUHN_DIGITS = 10;

    private Companies() {}

    /** {@return the values of this many companies, in the order of the columns} */
    public static List<List<String>> rows(int count) {
        return IntStream.range(0, count).mapToObj(Companies::row).toList();
    }

    /** {@return a row by the names of its columns} */
    public static Map<String, String> byName(List<String> row) {
        return IntStream.range(0, row.size()).boxed().collect(Collectors.toMap(COLUMNS::get, row::get));
    }

    private static List<String> row(int i) {
        // scattered, as numbers of companies in a file are
        var siren = withCheckDigit("%08d".formatted((i * 7_919L + 10_007) % 100_000_000));
        return List.of(
                withCheckDigit(siren + "0001"),
                "Boulangerie du Marché n° " + i,
                siren,
                "Catégorie " + i % 10,
                "Sous-catégorie " + i % 100,
                i % 300 + " rue des Lilas d'Espagne, bâtiment " + i % 26,
                "Ville-sur-Loire " + i % 5_000,
                "%05d".formatted(10_000 + i % 80_000),
                "+33238%06d".formatted(i),
                "bonjour" + i + "@example.com",
                "https://www.example.com/boulangeries/" + i,
                "10.71C");
    }

    private static String withCheckDigit(String digits) {
        var sum = 0;
        for (var i = 0; i < digits.length(); i++) {
            var digit = digits.charAt(digits.length() - 1 - i) - '0';
            var weighted = i % 2 == 0 ? 2 * digit : digit;
            sum += weighted / LUHN_DIGITS + weighted % LUHN_DIGITS;
        }
        return digits + (LUHN_DIGITS - sum % LUHN_DIGITS) % LUHN_DIGITS;
    }
}
