package io.sluice.embedder.bundle;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;

/**
 * The facts of a {@code tokenizer.json} that are needed to feed a network with its token ids.
 *
 * @param highestId the highest id that the tokenizer can give
 * @param padId the id that pads a short text
 * @param maxTokens the number of tokens after which a text is cut; the start and end tokens count
 */
public record TokenizerFile(Path path, long highestId, long padId, int maxTokens) {
    private static final int CLIP_TOKENS = 77;
    private static final int MAX_TOKENS = 8_192;

    static TokenizerFile read(BundleFiles files) {
        var json = JsonFile.read(files.tokenizer());
        var config = files.tokenizerConfig().map(JsonFile::read);
        var highest = highestId(json);
        if (highest < 0) {
            throw new UnusableModelException(files.tokenizer()
                    + " has no vocabulary: copy or pull the tokenizer.json that belongs to the model");
        }
        return new TokenizerFile(files.tokenizer(), highest, padId(json, config), maxTokens(json, config));
    }

    private static long highestId(JsonNode json) {
        var vocabulary = json.path("model").path("vocab");
        // a map from piece to id, or a list whose indexes are the ids
        var last = vocabulary.isArray()
                ? vocabulary.size() - 1L
                : StreamSupport.stream(vocabulary.spliterator(), false)
                        .mapToLong(JsonNode::asLong)
                        .max()
                        .orElse(-1);
        return StreamSupport.stream(json.path("added_tokens").spliterator(), false)
                .mapToLong(token -> token.path("id").asLong())
                .reduce(last, Math::max);
    }

    private static long padId(JsonNode json, Optional<JsonNode> config) {
        var own = json.path("padding").path("pad_id");
        if (own.isIntegralNumber()) {
            return own.asLong();
        }
        var named = config.map(it -> it.path("pad_token"))
                .map(token -> token.isObject() ? token.path("content") : token)
                .map(JsonNode::asText)
                .orElse("");
        return StreamSupport.stream(json.path("added_tokens").spliterator(), false)
                .filter(token -> token.path("content").asText().equals(named))
                .mapToLong(token -> token.path("id").asLong())
                .findFirst()
                .orElse(0);
    }

    private static int maxTokens(JsonNode json, Optional<JsonNode> config) {
        return IntStream.of(
                        json.path("truncation").path("max_length").asInt(0),
                        config.map(it -> it.path("model_max_length"))
                                .filter(length -> length.canConvertToInt())
                                .map(JsonNode::asInt)
                                .orElse(0))
                .filter(length -> length > 0 && length <= MAX_TOKENS)
                .min()
                .orElse(CLIP_TOKENS);
    }
}
