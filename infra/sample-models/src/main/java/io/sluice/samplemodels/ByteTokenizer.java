package io.sluice.samplemodels;

import java.util.ArrayList;
import java.util.List;

/**
 * Makes a {@code tokenizer.json} with the structure of CLIP's. It has no merges, so every byte of a text is a token.
 * Ids are in the order of the published vocabulary: the 256 bytes, the 256 bytes at the end of a word, unused ids if
 * any, start of text, end of text.
 */
final class ByteTokenizer {
    private static final String WORDS = "'s|'t|'re|'ve|'m|'ll|'d|[\\\\p{L}]+|[\\\\p{N}]|[^\\\\s\\\\p{L}\\\\p{N}]+";

    private ByteTokenizer() {}

    static String json(Shape shape) {
        var start = shape.vocabulary() - 2;
        var end = shape.vocabulary() - 1;
        var entries = new ArrayList<String>();
        symbols().forEach(symbol -> entries.add(quoted(symbol) + ":" + entries.size()));
        symbols().forEach(symbol -> entries.add(quoted(symbol + "</w>") + ":" + entries.size()));
        entries.add("\"<|startoftext|>\":" + start);
        entries.add("\"<|endoftext|>\":" + end);
        return """
                {"version":"1.0","truncation":null,"padding":null,
                 "added_tokens":[%s,%s],
                 "normalizer":{"type":"Sequence","normalizers":[{"type":"NFC"},
                   {"type":"Replace","pattern":{"Regex":"\\\\s+"},"content":" "},{"type":"Lowercase"}]},
                 "pre_tokenizer":{"type":"Sequence","pretokenizers":[
                   {"type":"Split","pattern":{"Regex":"%s"},"behavior":"Removed","invert":true},
                   {"type":"ByteLevel","add_prefix_space":false,"trim_offsets":true}]},
                 "post_processor":{"type":"RobertaProcessing","sep":["<|endoftext|>",%d],"cls":["<|startoftext|>",%d],
                   "trim_offsets":false,"add_prefix_space":false},
                 "decoder":{"type":"ByteLevel","add_prefix_space":true,"trim_offsets":true},
                 "model":{"type":"BPE","dropout":null,"unk_token":"<|endoftext|>","continuing_subword_prefix":"",
                   "end_of_word_suffix":"</w>","fuse_unk":false,"vocab":{%s},"merges":[]}}
                """.formatted(
                        special(start, "<|startoftext|>"),
                        special(end, "<|endoftext|>"),
                        WORDS,
                        end,
                        start,
                        String.join(",", entries));
    }

    private static String special(int id, String content) {
        return "{\"id\":" + id + ",\"content\":\"" + content
                + "\",\"single_word\":false,\"lstrip\":false,\"rstrip\":false,\"normalized\":true,\"special\":true}";
    }

    /**
     * Returns a printable character for each byte, in GPT-2's order: first the bytes that are printable, then the
     * others, which become characters from U+0100 on.
     */
    private static List<String> symbols() {
        var printable = new ArrayList<String>();
        var moved = new ArrayList<String>();
        for (int b = 0; b < 256; b++) {
            if ((b >= '!' && b <= '~') || (b >= 0xA1 && b != 0xAD)) {
                printable.add(Character.toString(b));
            } else {
                moved.add(Character.toString(256 + moved.size()));
            }
        }
        printable.addAll(moved);
        return printable;
    }

    private static String quoted(String symbol) {
        return "\"" + symbol.replace("\\", "\\\\").replace("\"", "\\\"") + "\"";
    }
}
