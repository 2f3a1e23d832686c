package io.sluice.kinds;

import java.util.List;
import java.util.Optional;

/**
 * One field of a kind.
 *
 * @param name also the name of its column, in snake case
 * @param maxLength in characters (code points)
 * @param synonyms headers it goes by besides its name
 * @param padTo digits that a number is filled up to with zeros, which a spreadsheet had taken away; 0 for none
 * @param derivedFrom the field it is made of when it is missing, as a slug is of a name
 * @param refersTo the kind whose rows it names, such as {@code categories}, by their key or name
 * @param parent for a reference that is made when it is missing: the field of this row that is its {@code category}
 * @param example for the template
 */
public record Field(
        String name,
        FieldType type,
        boolean required,
        int maxLength,
        List<String> synonyms,
        int padTo,
        Optional<String> derivedFrom,
        Optional<String> refersTo,
        Optional<String> parent,
        String example) {
    public Field {
        synonyms = List.copyOf(synonyms);
    }
}
