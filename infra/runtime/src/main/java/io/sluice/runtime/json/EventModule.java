package io.sluice.runtime.json;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.JsonDeserializer;
import com.fasterxml.jackson.databind.JsonSerializer;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.deser.std.StdScalarDeserializer;
import com.fasterxml.jackson.databind.deser.std.StringDeserializer;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.ser.std.StdScalarSerializer;
import io.sluice.schemas.event.InvalidEventException;
import io.sluice.schemas.imports.ImportRow;
import io.sluice.schemas.job.JobStatus;
import io.sluice.schemas.pipeline.PipelineState;
import io.sluice.schemas.product.Embedding;
import io.sluice.schemas.product.Metadata;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;

/** JSON serializers and deserializers of the types that Jackson does not know. */
final class EventModule extends SimpleModule {
    EventModule() {
        super("sluice-events");
        text(Embedding.class, Embedding::toBase64, Embedding::fromBase64);
        text(JobStatus.class, JobStatus::wireName, JobStatus::ofWireName);
        text(PipelineState.class, PipelineState::wireName, PipelineState::ofWireName);
        text(Instant.class, Instant::toString, Instant::parse);
        addDeserializer(String.class, new WholeTextReader());
        addSerializer(Metadata.class, new MetadataWriter());
        addDeserializer(Metadata.class, new MetadataReader());
        addDeserializer(ImportRow.class, new ImportRowReader());
    }

    private <T> void text(Class<T> type, Function<T, String> write, Function<String, T> read) {
        addSerializer(type, new TextWriter<>(type, write));
        addDeserializer(type, new TextReader<>(type, read));
    }

    private static final class TextWriter<T> extends StdScalarSerializer<T> {
        private final transient Function<T, String> write;

        TextWriter(Class<T> type, Function<T, String> write) {
            super(type);
            this.write = write;
        }

        @Override
        public void serialize(T value, JsonGenerator json, SerializerProvider provider) throws IOException {
            json.writeString(write.apply(value));
        }
    }

    private static final class TextReader<T> extends StdScalarDeserializer<T> {
        private final transient Function<String, T> read;

        TextReader(Class<T> type, Function<String, T> read) {
            super(type);
            this.read = read;
        }

        @Override
        public T deserialize(JsonParser json, DeserializationContext context) throws IOException {
            if (!json.hasToken(JsonToken.VALUE_STRING)) {
                return context.reportInputMismatch(String.class, "a text was expected");
            }
            try {
                return read.apply(json.getText());
            } catch (InvalidEventException e) {
                throw e;
            } catch (IllegalArgumentException | DateTimeException e) {
                return context.reportInputMismatch(_valueClass, "the text does not have the right form");
            }
        }
    }

    /**
     * Refuses half surrogate pairs, which JSON can escape but UTF-8 cannot hold. They would fail later, at the first
     * store that writes the text.
     */
    private static final class WholeTextReader extends StdScalarDeserializer<String> {
        WholeTextReader() {
            super(String.class);
        }

        @Override
        public String deserialize(JsonParser json, DeserializationContext context) throws IOException {
            var text = StringDeserializer.instance.deserialize(json, context);
            if (text != null && text.codePoints().anyMatch(c -> Character.getType(c) == Character.SURROGATE)) {
                return context.reportInputMismatch(String.class, "half a surrogate pair");
            }
            return text;
        }
    }

    private static final class MetadataWriter extends JsonSerializer<Metadata> {
        @Override
        public void serialize(Metadata metadata, JsonGenerator json, SerializerProvider provider) throws IOException {
            provider.defaultSerializeValue(metadata.values(), json);
        }
    }

    private static final class MetadataReader extends JsonDeserializer<Metadata> {
        @Override
        public Metadata deserialize(JsonParser json, DeserializationContext context) throws IOException {
            return switch (json.currentToken()) {
                case START_OBJECT -> new Metadata(object(json, context));
                case VALUE_STRING -> Metadata.ofText(json.getText());
                default -> throw new InvalidEventException("metadata", "must be an object or a text");
            };
        }

        private static Map<String, Object> object(JsonParser json, DeserializationContext context) throws IOException {
            var type = context.getTypeFactory().constructMapType(LinkedHashMap.class, String.class, Object.class);
            return context.readValue(json, type);
        }

        @Override
        public Metadata getNullValue(DeserializationContext context) {
            return Metadata.empty();
        }
    }
}
