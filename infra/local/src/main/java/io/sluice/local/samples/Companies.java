package io.sluice.local.samples;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/** Makes fictitious companies. The same number always makes the same company, and no two numbers make the same one. */
public final class Companies {
    /** The columns of {@link #row}, as the import kind {@code companies} calls them, and one that it does not know. */
    public static final List<String> HEADER = List.of(
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
            "naf",
            "staff");

    /** How many of the columns the kind knows. They come first. */
    public static final int KNOWN = 12;

    private static final List<String> WORDS =
            List.of("Atelier", "Maison", "Garage", "Café", "Boulangerie", "Librairie", "Hôtel", "Clinique");
    private static final List<String> CITIES =
            List.of("Besançon", "Lyon", "Nîmes", "Saint-Étienne", "Orléans", "Bourg-en-Bresse", "Angers", "Ajaccio");
    private static final int CATEGORIES = 10;
    private static final int SUBCATEGORIES = 100;
    private static final long FIRST_SIREN = 400_000_000L;

    private Companies() {}

    /** {@return the cells of one company, about 185 bytes as CSV} */
    public static List<String> row(int number) {
        var word = WORDS.get(number % WORDS.size());
        var subcategory = number % SUBCATEGORIES;
        return List.of(
                siret(number),
                word + " Exemple n° " + number,
                siret(number).substring(0, 9),
                "Métier " + subcategory % CATEGORIES,
                "Spécialité " + subcategory,
                number % 200 + 1 + " rue de l'Exemple",
                CITIES.get(number % CITIES.size()),
                String.format(Locale.ROOT, "%05d", 1_000 + number % 90_000),
                String.format(
                        Locale.ROOT,
                        "+33 1 %02d %02d %02d %02d",
                        number / 1_000_000 % 100,
                        number / 10_000 % 100,
                        number / 100 % 100,
                        number % 100),
                "c" + number + "@exemple.invalid",
                "https://www.exemple" + number + ".invalid",
                String.format(Locale.ROOT, "%02d.%02d%c", number % 99 + 1, number % 90 + 1, 'A' + number % 26),
                String.valueOf(number % 500));
    }

    /** {@return the rows of the companies from {@code from}, included, to {@code to}, excluded} */
    public static List<List<String>> rows(int from, int to) {
        return IntStream.range(from, to).mapToObj(Companies::row).toList();
    }

    /** {@return the SIRET: 14 digits, of which the last is the check digit (Luhn)} */
    public static String siret(int number) {
        var digits = FIRST_SIREN + number + "0001";
        int sum = 0;
        for (int i = 0; i < digits.length(); i++) {
            int digit = digits.charAt(i) - '0';
            // counted from the right, check digit included, every second digit is doubled; the check digit is not
            int weighted = (digits.length() - i) % 2 == 1 ? 2 * digit : digit;
            sum += weighted > 9 ? weighted - 9 : weighted;
        }
        return digits + (10 - sum % 10) % 10;
    }

    /** {@return a CSV text with a header} */
    public static String csv(char delimiter, List<String> header, List<List<String>> rows) {
        var lines = new ArrayList<List<String>>();
        lines.add(header);
        lines.addAll(rows);
        var text = new StringBuilder();
        for (var line : lines) {
            for (int i = 0; i < line.size(); i++) {
                text.append(i == 0 ? "" : delimiter).append(quoted(line.get(i), delimiter));
            }
            text.append("\r\n");
        }
        return text.toString();
    }

    private static String quoted(String cell, char delimiter) {
        var isPlain = cell.indexOf(delimiter) < 0 && cell.indexOf('"') < 0 && cell.indexOf('\n') < 0;
        return isPlain ? cell : '"' + cell.replace("\"", "\"\"") + '"';
    }
}
