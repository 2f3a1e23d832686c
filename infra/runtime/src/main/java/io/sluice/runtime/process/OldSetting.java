package io.sluice.runtime.process;

import java.util.Map;
import java.util.SortedMap;
import java.util.stream.Collectors;

/**
 * A setting that old environment variables set.
 *
 * @param variables the old variables with their values
 * @param setting the setting, such as {@code database.pool.size}
 * @param value what the old variables set it to
 */
record OldSetting(SortedMap<String, String> variables, String setting, String value) {
    /** {@return the setting's own variable} */
    String variable() {
        return StartErrors.variable(setting);
    }

    /** {@return the old variables} */
    String names() {
        return String.join(" and ", variables.keySet());
    }

    /** {@return what became of the old variables} */
    String sentence(Map<String, String> environment) {
        if (environment.containsKey(variable())) {
            return "Ignores %s, because %s is set too".formatted(names(), variable());
        }
        var old = variables.entrySet().stream().map(Object::toString).collect(Collectors.joining(" and "));
        return "Reads %s as %s=%s. Old names go on working".formatted(old, variable(), value);
    }
}
