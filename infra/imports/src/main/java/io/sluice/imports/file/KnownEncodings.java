package io.sluice.imports.file;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.charset.Charset;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.UnsupportedCharsetException;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The encodings that a text file can be read in, and the names that people know them by. */
public final class KnownEncodings {
    /** Names that the JDK does not have, or has for another charset than the one that programs mean. */
    private static final Map<String, String> OTHER_NAMES = Map.ofEntries(
            Map.entry("ansi", "windows-1252"),
            Map.entry("mac", "macintosh"),
            Map.entry("macroman", "macintosh"),
            Map.entry("mac-roman", "macintosh"),
            Map.entry("x-mac-roman", "macintosh"),
            Map.entry("x-macroman", "macintosh"),
            Map.entry("sjis", "Shift_JIS"),
            Map.entry("shift-jis", "Shift_JIS"),
            Map.entry("gbk", "GB18030"),
            Map.entry("gb2312", "GB18030"),
            Map.entry("cp936", "GB18030"),
            Map.entry("euc-kr", "EUC-KR"),
            Map.entry("utf-16", "UTF-16LE"),
            Map.entry("oem", "IBM850"));

    private KnownEncodings() {}

    /** {@return the names, the most usual first} */
    public static Set<String> names() {
        return Charsets.BY_NAME.keySet();
    }

    /** {@return the encoding of this name, or of another name for it; upper and lower case are the same} */
    public static Optional<Charset> find(String name) {
        var wanted = name.strip();
        var usual = OTHER_NAMES.getOrDefault(wanted.toLowerCase(Locale.ROOT), wanted);
        for (var known : Charsets.BY_NAME.entrySet()) {
            if (known.getKey().equalsIgnoreCase(usual)) {
                return Optional.of(known.getValue());
            }
        }
        try {
            var charset = Charset.forName(usual);
            return Charsets.BY_NAME.containsValue(charset) ? Optional.of(charset) : Optional.empty();
        } catch (IllegalCharsetNameException | UnsupportedCharsetException e) {
            return Optional.empty();
        }
    }

    /** {@return the name of an encoding as it is shown to people, which {@link #find} takes} */
    public static String nameOf(Charset charset) {
        if (charset.equals(UTF_8)) {
            return UTF_8.name();
        }
        for (var known : Charsets.BY_NAME.entrySet()) {
            if (known.getValue().equals(charset)) {
                return known.getKey();
            }
        }
        return charset.name();
    }

    /** The charsets, loaded when one is looked for: most files are UTF-8. */
    private static final class Charsets {
        static final Map<String, Charset> BY_NAME = byName();

        /** Shift_JIS and EUC-KR are read as Windows reads them: with the characters that it added. */
        private static Map<String, Charset> byName() {
            var byName = new LinkedHashMap<String, Charset>();
            for (var same :
                    new String[] {"UTF-8", "UTF-16LE", "UTF-16BE", "windows-1252", "ISO-8859-1", "ISO-8859-15"}) {
                byName.put(same, Charset.forName(same));
            }
            byName.put("macintosh", Charset.forName("x-MacRoman"));
            for (var same : new String[] {
                "IBM850",
                "IBM437",
                "windows-1250",
                "ISO-8859-2",
                "IBM852",
                "windows-1251",
                "KOI8-R",
                "KOI8-U",
                "IBM866",
                "ISO-8859-5",
                "windows-1253",
                "ISO-8859-7",
                "windows-1254",
                "ISO-8859-9",
                "windows-1257"
            }) {
                byName.put(same, Charset.forName(same));
            }
            byName.put("IBM858", Charset.forName("IBM00858"));
            byName.put("x-mac-cyrillic", Charset.forName("x-MacCyrillic"));
            byName.put("x-mac-ce", Charset.forName("x-MacCentralEurope"));
            byName.put("Shift_JIS", Charset.forName("windows-31j"));
            byName.put("EUC-JP", Charset.forName("EUC-JP"));
            byName.put("ISO-2022-JP", Charset.forName("ISO-2022-JP"));
            byName.put("GB18030", Charset.forName("GB18030"));
            byName.put("Big5", Charset.forName("Big5"));
            byName.put("EUC-KR", Charset.forName("x-windows-949"));
            return byName;
        }
    }
}
