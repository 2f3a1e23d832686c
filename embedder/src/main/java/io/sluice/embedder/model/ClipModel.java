package io.sluice.embedder.model;

import io.sluice.embedder.bundle.Bundle;
import io.sluice.embedder.bundle.UnusableModelException;
import io.sluice.embedder.model.WordPieces.Tokens;
import io.sluice.pictures.decode.Picture;
import io.sluice.pictures.resize.Framing;
import io.sluice.schemas.product.Embedding;
import io.sluice.schemas.product.ProductVectors;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;

/** A CLIP model. Its text and picture vectors are in one space, so a text finds pictures by their subject. */
public final class ClipModel implements EmbeddingModel {
    /** Must change when the preprocessing of inputs changes, because the vectors then change too. */
    private static final String REVISION = "clip-1/";
    /** Some networks round the size of their vocabulary up, by less than this number. */
    private static final int ROUNDING = 1_024;

    /**
     * Measured for ViT-B/32 in fp32 on one core: four pictures take 0.3 s. A run of two takes 4 ms more for each
     * picture, a run of eight 1 ms less.
     */
    private static final Portion ONE_CORE = new Portion(4, 1_024, 320);
    /** A graphics card needs large batches; this size was not measured. */
    private static final Portion GRAPHICS_CARD = new Portion(32, 16_384, 320);

    private final Bundle bundle;
    private final Provider provider;
    private final WordPieces tokenizer;
    private final Tower<Picture> vision;
    private final Tower<Tokens> text;
    private final UntilClosed open;

    private ClipModel(
            Bundle bundle, Provider provider, WordPieces tokenizer, Tower<Picture> vision, Tower<Tokens> text) {
        this.bundle = bundle;
        this.provider = provider;
        this.tokenizer = tokenizer;
        this.vision = vision;
        this.text = text;
        this.open = new UntilClosed(() -> {
            vision.close();
            text.close();
            tokenizer.close();
        });
    }

    /**
     * Loads a bundle and runs each network a few times, which takes about 2 s for ViT-B/32.
     *
     * @throws UnusableModelException when its parts are not a CLIP model, or belong to different models
     */
    public static ClipModel load(Bundle bundle, Provider provider) {
        try (var loading = new Loading()) {
            var vision = vision(bundle, loading.add(OnnxSession.fromFile(bundle.vision(), provider)));
            var textSession = loading.add(OnnxSession.fromFile(bundle.text(), provider));
            var feed = textFeed(bundle, textSession);
            var length = feed.tokens() > 0 ? feed.tokens() : bundle.tokenizer().maxTokens();
            var tokenizer = loading.add(WordPieces.fromFile(bundle.tokenizer().path(), length));
            if (tokenizer.tokenize("").count() == 0) {
                throw new UnusableModelException(
                        "%s adds no start and no end token to a text, and the network needs them: copy the tokenizer.json that belongs to the network"
                                .formatted(bundle.tokenizer().path()));
            }
            if (provider == Provider.CPU) {
                requireSameVocabulary(bundle, textSession, feed);
            }
            var samples = List.of("a red mug", "two green chairs", "blue").stream()
                    .map(tokenizer::tokenize)
                    .toList();
            var text = new Tower<>(bundle.text(), textSession, feed, samples, "tokenizer.json");
            requireRoomFor(tokenizer.tokenize("a ".repeat(length)), text, bundle);
            if (vision.dimension() != text.dimension()) {
                throw new UnusableModelException(
                        "The model %s makes vectors of %d dimensions from pictures and of %d from texts: use a vision network and a text network of the same model"
                                .formatted(bundle.name(), vision.dimension(), text.dimension()));
            }
            loading.done();
            return new ClipModel(bundle, provider, tokenizer, vision, text);
        }
    }

    /** The parts that have been loaded; closes them when a later part fails to load. */
    private static final class Loading implements AutoCloseable {
        private final Deque<Runnable> closers = new ArrayDeque<>();

        OnnxSession add(OnnxSession session) {
            closers.push(session::close);
            return session;
        }

        WordPieces add(WordPieces tokenizer) {
            closers.push(tokenizer::close);
            return tokenizer;
        }

        void done() {
            closers.clear();
        }

        @Override
        public void close() {
            closers.forEach(Runnable::run);
        }
    }

    private static Tower<Picture> vision(Bundle bundle, OnnxSession session) {
        var framing = bundle.preprocessing().framing();
        var slot = session.inputs().get(PictureFeed.PIXELS);
        if (slot != null && slot.shape().size() == 4 && slot.fixed(2) > 0 && slot.fixed(2) != framing.side()) {
            throw new UnusableModelException(
                    "%s takes pictures of %d pixels a side, and preprocessor_config.json makes them %d: copy the one that belongs to the network"
                            .formatted(bundle.vision(), slot.fixed(2), framing.side()));
        }
        var samples = List.of(gray(framing, 40), gray(framing, 200), gray(framing, 120));
        return new Tower<>(
                bundle.vision(), session, new PictureFeed(bundle.preprocessing()), samples, "preprocessor_config.json");
    }

    private static Picture gray(Framing framing, int brightness) {
        var rgb = new byte[framing.side() * framing.side() * 3];
        for (int i = 0; i < rgb.length; i++) {
            rgb[i] = (byte) (brightness + i % 7 * 4);
        }
        return new Picture(framing.side(), framing.side(), rgb);
    }

    private static TextFeed textFeed(Bundle bundle, OnnxSession session) {
        var slot = session.inputs().get(TokenBatch.IDS);
        var tokens = slot != null && slot.shape().size() == 2 ? slot.fixed(1) : 0;
        return new TextFeed(bundle.tokenizer().padId(), tokens);
    }

    /**
     * Checks at the start that the network has positions for the longest text, so that no product fails for it later.
     */
    private static void requireRoomFor(Tokens longest, Tower<Tokens> text, Bundle bundle) {
        try {
            var _ = text.embed(List.of(longest));
        } catch (IllegalStateException e) {
            throw new UnusableModelException(
                    "%s cuts texts at %d tokens, and the network %s does not take as many: set model_max_length in tokenizer_config.json to what it takes (77 for CLIP)"
                            .formatted(bundle.tokenizer().path(), longest.count(), bundle.text()),
                    e);
        }
    }

    /**
     * Requires that the network knows the highest id of the tokenizer, and does not know an id that must be too high.
     */
    private static void requireSameVocabulary(Bundle bundle, OnnxSession session, TextFeed feed) {
        var highest = bundle.tokenizer().highestId();
        if (!session.inputs().containsKey(TokenBatch.IDS)
                || session.inputs().values().stream().anyMatch(slot -> slot.type() != feed.type())) {
            return; // Tower refuses such a network
        }
        if (!knows(session, feed, highest) || knows(session, feed, highest + ROUNDING)) {
            throw new UnusableModelException(
                    "%s has ids up to %d, and the network %s has a table of another size: copy the tokenizer.json that belongs to the network"
                            .formatted(bundle.tokenizer().path(), highest, bundle.text()));
        }
    }

    private static boolean knows(OnnxSession session, TextFeed feed, long id) {
        var outputs = session.outputs().keySet();
        try (var run = session.prepare()) {
            var rows = Math.max(1, Tower.slot(session, TokenBatch.IDS).fixed(0));
            feed.fill(
                    run, List.of(WordPieces.single(id)), rows, session.inputs().keySet());
            run.shapeOf(outputs.iterator().next());
            return true;
        } catch (IllegalStateException e) {
            return false;
        }
    }

    @Override
    public String name() {
        return bundle.name();
    }

    @Override
    public String revision() {
        return REVISION + bundle.sha256() + provider.revision();
    }

    @Override
    public Map<String, Integer> dimensions() {
        return Map.of(ProductVectors.TEXT, text.dimension(), ProductVectors.IMAGE, vision.dimension());
    }

    @Override
    public boolean sharedSpace() {
        return true;
    }

    @Override
    public Framing framing() {
        return bundle.preprocessing().framing();
    }

    @Override
    public Portion portion() {
        return switch (provider) {
            case CPU -> ONE_CORE;
            case CUDA -> GRAPHICS_CARD;
        };
    }

    @Override
    public List<Embedding> embedTexts(List<String> texts) {
        return open.use(() -> text.embed(texts.stream().map(tokenizer::tokenize).toList()));
    }

    @Override
    public List<Embedding> embedImages(List<Picture> pictures) {
        return open.use(() -> vision.embed(pictures));
    }

    @Override
    public void close() {
        open.close();
    }
}
