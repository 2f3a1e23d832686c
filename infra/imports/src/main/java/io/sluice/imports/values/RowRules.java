package io.sluice.imports.values;

import io.sluice.imports.kind.Field;
import io.sluice.imports.kind.ImportKind;
import io.sluice.imports.text.Folding;
import io.sluice.imports.values.Form.Read;
import io.sluice.imports.values.Form.Read.Bad;
import io.sluice.imports.values.Form.Read.Good;
import io.sluice.schemas.imports.ImportRow.Reason;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Checks the rows of a kind and writes their values in one form. Safe for use by many threads. */
public final class RowRules {
    /** The most characters that a cell of a spreadsheet can hold. */
    private static final int LONGEST_UNKNOWN = 32_767;

    private final ImportKind kind;
    private final List<Rule> rules;
    private final Set<String> names;

    /** A field and the form of its values. */
    private record Rule(Field field, Form form) {}

    public RowRules(ImportKind kind) {
        this.kind = kind;
        this.rules = kind.fields().stream()
                .map(field ->
                        new Rule(field, field.within().isPresent() ? AddressForms::slugWithin : Form.of(field.type())))
                .toList();
        this.names = kind.fields().stream().map(Field::name).collect(Collectors.toUnmodifiableSet());
    }

    /**
     * Checks a row.
     *
     * @param fields values by field name, as they were sent. Values of names that are no field are kept as they are, if
     *     the kind keeps them. A blank value empties its field, which is then the empty text; a field that is missing
     *     stays missing
     */
    public Checked check(Map<String, String> fields) {
        var checked = new LinkedHashMap<String, String>(2 * (fields.size() + 1));
        var reasons = new ArrayList<Reason>(0);
        for (var rule : rules) {
            var value = value(rule.field(), fields);
            if (value == null) {
                if (rule.field().required()) {
                    reasons.add(new Reason(rule.field().name(), "is missing"));
                }
                continue;
            }
            switch (read(rule, value)) {
                case Good(var written) -> checked.put(rule.field().name(), written);
                case Bad(var reason) -> reasons.add(new Reason(rule.field().name(), reason));
            }
        }
        if (kind.keepsUnknown()) {
            keepUnknown(fields, checked, reasons);
        }
        return reasons.isEmpty()
                ? new Checked.Accepted(checked.getOrDefault(kind.key().name(), ""), checked)
                : new Checked.Refused(reasons);
    }

    /**
     * {@return the field's value without white space around it, or what it is derived from; null when it is missing}
     */
    private static @Nullable String value(Field field, Map<String, String> fields) {
        var sent = fields.get(field.name());
        var value = sent == null ? null : stripped(sent);
        if (field.derivedFrom().isEmpty() || (value != null && !value.isEmpty())) {
            return value;
        }
        var source = fields.get(field.derivedFrom().get());
        var parent = field.within().map(name -> fields.getOrDefault(name, "")).orElse("");
        return source == null ? value : field.slugOf(source, parent);
    }

    private static Read read(Rule rule, String value) {
        var field = rule.field();
        if (value.isEmpty()) {
            return field.required() ? new Bad(blank(field)) : new Good(value);
        }
        var fault = unusable(value, field.maxLength());
        return fault == null ? rule.form().read(value) : new Bad(fault);
    }

    private static String blank(Field field) {
        return field.derivedFrom()
                .map(source -> "is blank and cannot be made of %s: write one".formatted(source))
                .orElse("must not be blank");
    }

    private void keepUnknown(Map<String, String> fields, Map<String, String> checked, List<Reason> reasons) {
        fields.forEach((name, sent) -> {
            if (names.contains(name) || !kind.keeps(name)) {
                return;
            }
            var value = stripped(sent);
            var fault = unusable(value, LONGEST_UNKNOWN);
            if (fault == null) {
                fault = unwritable(name, Field.USUAL_LENGTH);
            }
            if (fault == null) {
                checked.put(name, value);
            } else {
                reasons.add(new Reason(name, fault));
            }
        });
    }

    /** {@return why the text cannot be a value; null when it can} */
    private static @Nullable String unusable(String value, int maxLength) {
        var damage = value.isEmpty() ? null : SpreadsheetDamage.of(value);
        return damage == null ? unwritable(value, maxLength) : damage;
    }

    /** {@return why no column can hold the text; null when one can} */
    private static @Nullable String unwritable(String text, int maxLength) {
        for (var i = 0; i < text.length(); i++) {
            var c = text.charAt(i);
            if (c == 0) {
                return "has a NUL character (number %d): remove it".formatted(i + 1);
            }
            if (Character.isSurrogate(c)) {
                if (!Character.isSurrogatePair(c, i + 1 < text.length() ? text.charAt(i + 1) : ' ')) {
                    return "has half a character (number %d): remove it".formatted(i + 1);
                }
                i++;
            }
        }
        var length = text.length() <= maxLength ? 0 : text.codePointCount(0, text.length());
        return length <= maxLength ? null : "may have at most %,d characters, has %,d".formatted(maxLength, length);
    }

    /** {@return the text without white space around it; empty when nothing of it can be seen} */
    private static String stripped(String text) {
        return Folding.isBlank(text) ? "" : Folding.strip(text);
    }

    /** The result of checking a row. */
    public sealed interface Checked {
        /**
         * The row is right.
         *
         * @param key its natural key
         * @param fields values in their one form
         */
        record Accepted(String key, Map<String, String> fields) implements Checked {}

        /** The row is wrong. There is a reason for each wrong field. */
        record Refused(List<Reason> reasons) implements Checked {}
    }
}
