package io.sluice.imports.values;

import io.sluice.imports.text.Folding;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * What spreadsheet programs write where a formula has no value. Excel and Google Sheets translate these words. The
 * translations are those of Excel, as the localized error values of EPPlus and the language packs of HyperFormula list
 * them; {@code Err:502} and its like are LibreOffice's (its help, "Error Codes in LibreOffice Calc").
 */
final class SpreadsheetErrors {
    private static final Set<String> ALL = Set.of(
            // English, and what every language has
            "#NULL!",
            "#DIV/0!",
            "#VALUE!",
            "#REF!",
            "#NAME?",
            "#NUM!",
            "#N/A",
            "#SPILL!",
            "#CALC!",
            "#ERROR!",
            "#GETTING_DATA",
            "#CONNECT!",
            "#BLOCKED!",
            "#UNKNOWN!",
            "#FIELD!",
            "#BUSY!",
            "#EXTERNAL!",
            "#CYCLE!",
            // French
            "#NUL!",
            "#VALEUR!",
            "#NOM?",
            "#NOMBRE!",
            "#PROPAGATION!",
            "#EPARS!",
            "#CHAMP!",
            "#CONNEXION!",
            // German
            "#WERT!",
            "#BEZUG!",
            "#ZAHL!",
            "#NV",
            "#ÜBERLAUF!",
            "#KALK!",
            // Spanish
            "#¡NULO!",
            "#¡DIV/0!",
            "#¡VALOR!",
            "#¡REF!",
            "#¿NOMBRE?",
            "#¡NUM!",
            "#¡DESBORDAMIENTO!",
            "#¡CALC!",
            // Italian, Portuguese, and Spanish without its opening signs
            "#NULLO!",
            "#VALORE!",
            "#RIF!",
            "#NOME?",
            "#N/D",
            "#NULO!",
            "#VALOR!",
            "#NOMBRE?",
            "#NÚM!",
            "#ESPANSIONE!",
            "#DESPEJAR!",
            "#DESBORDAMIENTO!",
            // Dutch
            "#LEEG!",
            "#DEEL/0!",
            "#WAARDE!",
            "#VERW!",
            "#NAAM?",
            "#GETAL!",
            "#N/B",
            "#OVERLOOP!",
            // Danish, Norwegian, Swedish, Finnish
            "#DIVISION/0!",
            "#VÆRDI!",
            "#VERDI!",
            "#REFERENCE!",
            "#NAVN?",
            "#I/T",
            "#SKÄRNING!",
            "#VÄRDEFEL!",
            "#REFERENS!",
            "#NAMN?",
            "#OGILTIGT!",
            "#SAKNAS!",
            "#TYHJÄ!",
            "#JAKO/0!",
            "#ARVO!",
            "#VIITTAUS!",
            "#NIMI?",
            "#LUKU!",
            "#PUUTTUU",
            "#PUUTTUU!",
            // Polish, Czech, Hungarian
            "#ZERO!",
            "#DZIEL/0!",
            "#ARG!",
            "#ADR!",
            "#NAZWA?",
            "#LICZBA!",
            "#DĚLENÍ_NULOU!",
            "#HODNOTA!",
            "#ODKAZ!",
            "#NÁZEV?",
            "#ČÍSLO!",
            "#NENÍ_K_DISPOZICI",
            "#NULLA!",
            "#ZÉRÓOSZTÓ!",
            "#ÉRTÉK!",
            "#HIV!",
            "#NÉV?",
            "#SZÁM!",
            "#HIÁNYZIK",
            // Turkish
            "#BOŞ!",
            "#SAYI/0!",
            "#DEĞER!",
            "#BAŞV!",
            "#AD?",
            "#SAYI!",
            "#YOK",
            // Russian
            "#ПУСТО!",
            "#ДЕЛ/0!",
            "#ЗНАЧ!",
            "#ССЫЛКА!",
            "#ИМЯ?",
            "#ЧИСЛО!",
            "#Н/Д",
            "#ПЕРЕНОС!",
            "#ВЫЧИСЛ!");

    /** LibreOffice and OpenOffice, whose codes are 5xx; some translations have a space, or a longer word. */
    private static final Pattern CODE = Pattern.compile(
            "(?:Err|Error|Erreur|Errore|Erro|Fehler|Fout|Fel|Feil|Fejl|Błąd|Hiba)[ \u00A0\u202F]?:5[0-9]{2}");

    private static final int CODE_DIGITS = 3;
    private static final int LONGEST = 20;

    private SpreadsheetErrors() {}

    /**
     * {@return whether the value is an error of a spreadsheet program. LibreOffice in French writes a no-break space
     * before the last sign, as in a text}
     */
    static boolean isOne(String value) {
        if (value.length() > LONGEST) {
            return false;
        }
        var first = value.charAt(0);
        return first == '#'
                ? ALL.contains(value) || ALL.contains(Folding.withoutSpaces(value))
                : isLetterOfCode(first)
                        && value.indexOf(':') == value.length() - CODE_DIGITS - 1
                        && CODE.matcher(value).matches();
    }

    private static boolean isLetterOfCode(char c) {
        return c == 'E' || c == 'F' || c == 'B' || c == 'H';
    }
}
