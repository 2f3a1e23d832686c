package io.sluice.embedder.bundle;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import io.sluice.schemas.wire.Sha256;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The models that can be downloaded by name: those in {@code catalog.json} beside this class, and those in the
 * operator's own file.
 */
public record Catalog(List<Entry> entries) {
    private static final String OURS = "catalog.json";

    public Catalog {
        entries = List.copyOf(entries);
    }

    /** The use of a model. */
    public enum Kind {
        /** A CLIP bundle, which {@code EMBEDDER_MODEL} can name. */
        CLIP,
        /** {@code detector.onnx} and {@code recognizer.onnx}, with which the stand-in for Rekognition sees real faces. */
        FACES;

        private static Kind named(String name) {
            return switch (name) {
                case "", "clip" -> CLIP;
                case "faces" -> FACES;
                default -> throw new IllegalArgumentException("kind must be clip or faces, is " + name);
            };
        }
    }

    /**
     * A license that must be accepted before the model is downloaded.
     *
     * @param of the part of the model that it is about, and who holds the rights
     * @param url its text
     */
    public record Terms(String of, String license, URI url) {}

    /**
     * A model.
     *
     * @param about one line that helps the operator to choose
     * @param license the names of its licenses, in one line
     * @param terms what must be accepted before the download; empty when nothing must be
     */
    public record Entry(String name, Kind kind, String about, String license, List<Terms> terms, List<Source> files) {
        /** A CLIP bundle without terms. */
        public Entry(String name, String about, String license, List<Source> files) {
            this(name, Kind.CLIP, about, license, List.of(), files);
        }

        public Entry {
            terms = List.copyOf(terms);
            files = List.copyOf(files);
            if (!Bundle.nameOf(Path.of(name)).equals(name) || files.isEmpty()) {
                throw new IllegalArgumentException("'" + name + "' must be in lower case and have files");
            }
        }

        /** {@return the number of bytes to download; files of unknown size count as 0} */
        public long size() {
            return files.stream().mapToLong(file -> file.size().orElse(0)).sum();
        }

        /** {@return whether the catalog has the hash of every file} */
        public boolean isPinned() {
            return files.stream().allMatch(file -> file.sha256().isPresent());
        }
    }

    /**
     * The source of one file.
     *
     * @param path the name of the file inside the bundle
     * @param sha256 the hash that the file must have; empty when the catalog has none
     */
    public record Source(String path, URI url, Optional<String> sha256, OptionalLong size) {
        public Source {
            if (path.isBlank() || Path.of(path).isAbsolute() || path.contains("..")) {
                throw new IllegalArgumentException("path must be inside the bundle, is " + path);
            }
            if (!"https".equals(url.getScheme()) && !"http".equals(url.getScheme())) {
                throw new IllegalArgumentException("url must begin with https:// or http://, is " + url);
            }
            if (!sha256.map(Sha256::isOne).orElse(true)) {
                throw new IllegalArgumentException("sha256 must be 64 hex digits, is " + sha256.get());
            }
        }
    }

    /** {@return the catalog that comes with Sluice} */
    public static Catalog ours() {
        try (var file = Objects.requireNonNull(Catalog.class.getResourceAsStream(OURS), OURS)) {
            return parse(JsonFile.parse(new String(file.readAllBytes(), UTF_8)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** {@return this catalog with the entries of a file, which come before its own} */
    public Catalog with(Path file) {
        if (!Files.isRegularFile(file)) {
            throw new UnusableModelException(
                    "There is no catalog " + file + ": set EMBEDDER_CATALOG to a file in the format of the catalog"
                            + " that comes with Sluice, or do not set it");
        }
        try {
            var all = new ArrayList<>(parse(JsonFile.read(file)).entries);
            all.addAll(entries);
            return new Catalog(all);
        } catch (IllegalArgumentException e) {
            throw new UnusableModelException(
                    "The catalog " + file + " (EMBEDDER_CATALOG) cannot be used: " + e.getMessage(), e);
        }
    }

    /** {@return the model of this name} */
    public Optional<Entry> find(String name) {
        return entries.stream().filter(entry -> entry.name().equals(name)).findFirst();
    }

    /** {@return the names of all models, for a message} */
    public String names() {
        return names(entries.stream());
    }

    /** {@return the names of all models of a kind, for a message} */
    String names(Kind kind) {
        return names(entries.stream().filter(entry -> entry.kind() == kind));
    }

    private static String names(Stream<Entry> entries) {
        return entries.map(Entry::name).collect(Collectors.joining(", "));
    }

    private static Catalog parse(JsonNode json) {
        var entries = new ArrayList<Entry>();
        for (var model : json.path("models")) {
            var files = new ArrayList<Source>();
            for (var file : model.path("files")) {
                files.add(new Source(
                        file.path("path").asText(),
                        URI.create(file.path("url").asText()),
                        Optional.of(file.path("sha256").asText()).filter(text -> !text.isEmpty()),
                        file.path("size").isIntegralNumber()
                                ? OptionalLong.of(file.path("size").asLong())
                                : OptionalLong.empty()));
            }
            var terms = new ArrayList<Terms>();
            for (var each : model.path("terms")) {
                terms.add(new Terms(
                        each.path("of").asText(),
                        each.path("license").asText(),
                        URI.create(each.path("url").asText())));
            }
            entries.add(new Entry(
                    model.path("name").asText(),
                    Kind.named(model.path("kind").asText()),
                    model.path("about").asText(),
                    model.path("license").asText(),
                    terms,
                    files));
        }
        return new Catalog(entries);
    }
}
