package io.sluice.web.body;

import com.fasterxml.jackson.databind.JsonNode;
import io.sluice.web.problem.FieldErrors;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The fields that a call takes in its body, and the limits of the body. The name of a part decides whether it is a text
 * or a file, because a text may come with a file name (as browsers send a {@code Blob}) and a file without one. A field
 * that the call does not take is named in the refusal.
 *
 * @param limits the limits of the whole body
 * @param texts names of the fields that are texts, or values of a JSON object
 * @param files names of the fields that are files
 * @param elsewhere what to say about fields that another call takes, by name
 */
public record BodyFields(FormLimits limits, List<String> texts, List<String> files, Map<String, String> elsewhere) {
    public BodyFields {
        texts = List.copyOf(texts);
        files = List.copyOf(files);
        elsewhere = Map.copyOf(elsewhere);
    }

    /** {@return fields that are all texts} */
    public static BodyFields ofTexts(FormLimits limits, String... names) {
        return new BodyFields(limits, List.of(names), List.of(), Map.of());
    }

    /** {@return these fields and fields that are files} */
    public BodyFields withFiles(String... names) {
        var more = new ArrayList<>(files);
        more.addAll(List.of(names));
        return new BodyFields(limits, texts, more, elsewhere);
    }

    /** {@return these fields, with the text of the refusal of a field that another call takes} */
    public BodyFields withElsewhere(String name, String refusal) {
        var more = new HashMap<>(elsewhere);
        more.put(name, refusal);
        return new BodyFields(limits, texts, files, more);
    }

    /** {@return whether this call takes the field} */
    public boolean take(String name) {
        return texts.contains(name) || files.contains(name);
    }

    /** Adds every field of the submission that this call does not take to the errors. */
    public void refuseOthers(Submission submission, FieldErrors errors) {
        submission.fields().forEach((name, values) -> {
            var isNothing = elsewhere.containsKey(name) && values.stream().allMatch(JsonNode::isNull);
            if (!isNothing) {
                refuseOther(name, errors);
            }
        });
    }

    /** Adds the field to the errors, if this call does not take it. */
    void refuseOther(String name, FieldErrors errors) {
        if (!take(name)) {
            errors.add(name, elsewhere.getOrDefault(name, "is not a field of this call; it takes " + known()));
        }
    }

    private String known() {
        var known = new ArrayList<>(texts);
        known.addAll(files);
        return String.join(", ", known);
    }
}
