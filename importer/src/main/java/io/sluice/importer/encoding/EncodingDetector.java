package io.sluice.importer.encoding;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.sluice.importer.encoding.ByteContexts.Context;
import io.sluice.imports.file.KnownEncodings;
import java.io.ByteArrayOutputStream;
import java.nio.charset.Charset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.mozilla.universalchardet.prober.distributionanalysis.Big5DistributionAnalysis;
import org.mozilla.universalchardet.prober.distributionanalysis.CharDistributionAnalysis;
import org.mozilla.universalchardet.prober.distributionanalysis.EUCJPDistributionAnalysis;
import org.mozilla.universalchardet.prober.distributionanalysis.EUCKRDistributionAnalysis;
import org.mozilla.universalchardet.prober.distributionanalysis.GB2312DistributionAnalysis;
import org.mozilla.universalchardet.prober.distributionanalysis.SJISDistributionAnalysis;

/**
 * Decides the encoding of a text without a byte-order mark. Each encoding's reading of the bytes outside ASCII gets a
 * log-probability: that of its characters beside their neighbors, in the language that fits them best. The best reading
 * is taken when no other one that differs is nearly as probable.
 */
final class EncodingDetector {
    /** By so much the best reading must be more probable than the next: e to this power, about 400 times. */
    private static final double CLEAR = 6;
    /** Two readings of whole words in East Asian characters differ by more when one of them is wrong. */
    private static final double CLEAR_OF_EAST_ASIAN = 11;
    /** A reading that is this improbable for each byte is none, be it the best one. */
    private static final double NONSENSE = -13;

    private static final int CONTEXTS = 2_000;
    private static final int SAMPLE = 16 * 1024;
    private static final double PRIOR_OF_UTF8 = 3;

    private static final double PRIOR_OF_MULTI_BYTE = -3;

    private EncodingDetector() {}

    private record Candidate(Charset charset, SingleByteReading reading, double prior) {
        Candidate(String name, double prior) {
            this(charsetOf(name), new SingleByteReading(charsetOf(name)), prior);
        }
    }

    /** Made when the first file needs them. */
    private static final class Candidates {
        /** The encodings of one byte a character, and how much rarer they are than windows-1252, as logarithms. */
        static final List<Candidate> SINGLE_BYTE = List.of(
                new Candidate("windows-1252", 0),
                new Candidate("macintosh", -2),
                new Candidate("IBM850", -2),
                new Candidate("ISO-8859-15", -2),
                new Candidate("windows-1250", -2),
                new Candidate("windows-1251", -2),
                new Candidate("IBM437", -3),
                new Candidate("IBM858", -3),
                new Candidate("ISO-8859-2", -3),
                new Candidate("IBM852", -3),
                new Candidate("windows-1253", -4),
                new Candidate("ISO-8859-7", -5),
                new Candidate("windows-1254", -3),
                new Candidate("windows-1257", -4),
                new Candidate("IBM866", -3),
                new Candidate("KOI8-R", -4),
                new Candidate("KOI8-U", -5),
                new Candidate("ISO-8859-5", -4),
                new Candidate("x-mac-cyrillic", -4),
                new Candidate("x-mac-ce", -5));
    }

    /** A reading of the file; {@code singleByte} is null when characters have several bytes. */
    private record Reading(
            Charset charset, double score, @Nullable SingleByteReading singleByte) {
        boolean isEastAsian() {
            return singleByte == null && !charset.equals(UTF_8);
        }

        boolean readsLike(Reading other, List<Context> contexts) {
            return singleByte != null && other.singleByte != null && singleByte.readsLike(other.singleByte, contexts);
        }
    }

    /** The outcome. */
    sealed interface Decision {
        record Clear(Charset charset) implements Decision {}

        /** Two readings that differ are about as probable. */
        record Unclear(Charset likelier, Charset other) implements Decision {}
    }

    /** {@return the encoding of a text, which is UTF-8 when all of it is ASCII} */
    static Decision decide(byte[] file) {
        var utf8 = new Utf8Reading(file);
        if (utf8.isAscii() || utf8.isCertain()) {
            return new Decision.Clear(UTF_8);
        }
        var all = new ByteContexts();
        for (int at = 0; at < file.length; at++) {
            if (file[at] < 0) {
                all.add(file, at);
            }
        }
        var contexts = all.most(CONTEXTS);
        var weight = contexts.stream().mapToDouble(Context::weight).sum();
        var readings = readings(file, contexts, weight);
        if (utf8.isPossible()) {
            readings.add(new Reading(UTF_8, utf8.score() + PRIOR_OF_UTF8, null));
        }
        readings.sort(Comparator.comparingDouble(Reading::score).reversed());
        var best = readings.getFirst();
        var next = readings.stream()
                .skip(1)
                .filter(reading -> !reading.readsLike(best, contexts))
                .findFirst()
                .orElseThrow();
        var clear = best.isEastAsian() && next.isEastAsian() ? CLEAR_OF_EAST_ASIAN : CLEAR;
        var isClear =
                best.score - next.score >= clear && (best.charset.equals(UTF_8) || best.score / weight > NONSENSE);
        return isClear ? new Decision.Clear(best.charset) : new Decision.Unclear(best.charset, next.charset);
    }

    private static List<Reading> readings(byte[] file, List<Context> contexts, double weight) {
        var readings = new ArrayList<Reading>();
        for (var candidate : Candidates.SINGLE_BYTE) {
            var score = candidate.reading.score(contexts) + candidate.prior;
            readings.add(new Reading(candidate.charset, score, candidate.reading));
        }
        MultiByte.addTo(readings, sample(file), weight);
        return readings;
    }

    /** The encodings of several bytes a character, in a class of their own: few files need their tables. */
    private static final class MultiByte {
        static void addTo(List<Reading> readings, byte[] sample, double weight) {
            add(readings, "Shift_JIS", new SJISDistributionAnalysis(), sample, weight);
            add(readings, "EUC-JP", new EUCJPDistributionAnalysis(), sample, weight);
            add(readings, "GB18030", new GB2312DistributionAnalysis(), sample, weight);
            add(readings, "Big5", new Big5DistributionAnalysis(), sample, weight);
            add(readings, "EUC-KR", new EUCKRDistributionAnalysis(), sample, weight);
        }

        private static void add(
                List<Reading> readings,
                String name,
                CharDistributionAnalysis frequencies,
                byte[] sample,
                double weight) {
            var charset = charsetOf(name);
            var perByte = new MultiByteReading(charset, frequencies).scorePerByte(sample);
            readings.add(new Reading(charset, perByte * weight + PRIOR_OF_MULTI_BYTE, null));
        }
    }

    /** {@return the first lines that have bytes outside ASCII, each from the byte before the first such byte} */
    private static byte[] sample(byte[] file) {
        var sample = new ByteArrayOutputStream();
        int from = -1;
        for (int at = 0; at < file.length && sample.size() < SAMPLE; at++) {
            if (from < 0 && file[at] < 0) {
                from = Math.max(0, at - 1);
            }
            if (from >= 0 && (file[at] == '\n' || file[at] == '\r' || at == file.length - 1)) {
                sample.write(file, from, Math.min(at + 1 - from, SAMPLE));
                from = -1;
            }
        }
        return sample.toByteArray();
    }

    private static Charset charsetOf(String name) {
        return KnownEncodings.find(name).orElseThrow();
    }
}
