package io.sluice.qdrant.payload;

import io.qdrant.client.grpc.JsonWithInt.Value;
import io.sluice.qdrant.protocol.Rejection;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A path into a payload: {@code name}, {@code maker.city}, {@code sizes[0]}, {@code parts[].id}, {@code "a.b"}. */
public record JsonPath(List<Step> steps) {
    private static final String NAME = "[\\p{IsAlphabetic}\\p{N}_-]+";
    private static final Pattern STEP =
            Pattern.compile("(?<dot>\\.)?(?:(?<name>" + NAME + ")|\"(?<quoted>[^\"\\\\]*)\")|\\[(?<index>\\d{0,9})]");

    /** One step of a path. */
    public sealed interface Step {
        /** To a member of an object. */
        record Key(String name) implements Step {}

        /** To one element of an array. */
        record Index(int position) implements Step {}

        /** To every element of an array. */
        record Each() implements Step {}
    }

    /** Copies the list of steps. */
    public JsonPath {
        steps = List.copyOf(steps);
    }

    /** {@return the path that a text describes} */
    public static JsonPath parse(String text) {
        var steps = new ArrayList<Step>();
        var step = STEP.matcher(text);
        int end = 0;
        while (end < text.length() && step.region(end, text.length()).lookingAt()) {
            var index = step.group("index");
            var first = steps.isEmpty();
            if (index == null ? first == (step.group("dot") != null) : first) {
                break;
            }
            steps.add(stepOf(step.group("name"), step.group("quoted"), index));
            end = step.end();
        }
        if (steps.isEmpty() || end < text.length()) {
            throw Rejection.malformed("Invalid json path: '%s'".formatted(text));
        }
        return new JsonPath(steps);
    }

    private static Step stepOf(@Nullable String name, @Nullable String quoted, @Nullable String index) {
        if (name != null) {
            return new Step.Key(name);
        }
        if (quoted != null) {
            return new Step.Key(quoted);
        }
        return index == null || index.isEmpty() ? new Step.Each() : new Step.Index(Integer.parseInt(index));
    }

    /** {@return the values that the path leads to; empty when it leads to none} */
    public List<Value> in(Map<String, Value> payload) {
        if (!(steps.getFirst() instanceof Step.Key(var name)) || !payload.containsKey(name)) {
            return List.of();
        }
        var reached = List.of(payload.get(name));
        for (var step : steps.subList(1, steps.size())) {
            var next = new ArrayList<Value>();
            reached.forEach(value -> descend(step, value, next));
            reached = next;
        }
        return reached;
    }

    private static void descend(Step step, Value value, List<Value> reached) {
        switch (step) {
            case Step.Key(var name) -> {
                var member = value.getStructValue().getFieldsMap().get(name);
                if (member != null) {
                    reached.add(member);
                }
            }
            case Step.Index(var position) -> {
                var elements = value.getListValue().getValuesList();
                if (position < elements.size()) {
                    reached.add(elements.get(position));
                }
            }
            case Step.Each() -> reached.addAll(value.getListValue().getValuesList());
        }
    }

    /** {@return the path to every element of the array that this path leads to} */
    public JsonPath each() {
        return steps.getLast() instanceof Step.Each ? this : then(new Step.Each());
    }

    JsonPath then(Step step) {
        var longer = new ArrayList<>(steps);
        longer.add(step);
        return new JsonPath(longer);
    }

    /** {@return whether one of the two paths begins with the other} */
    boolean touches(JsonPath other) {
        var shorter = Math.min(steps.size(), other.steps.size());
        return steps.subList(0, shorter).equals(other.steps.subList(0, shorter));
    }
}
