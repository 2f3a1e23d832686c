package io.sluice.runtime;

import io.micronaut.context.BeanContext;
import io.micronaut.context.annotation.ConfigurationReader;
import io.micronaut.context.annotation.Context;
import io.micronaut.context.annotation.Property;
import io.micronaut.context.env.Environment;
import io.micronaut.context.exceptions.ConfigurationException;
import io.micronaut.core.type.Argument;
import io.micronaut.inject.qualifiers.Qualifiers;

/**
 * Stops the start when a setting of Sluice does not have the type it should have. Micronaut itself would silently use
 * the default instead: 12 for {@code SLUICE_PARTITIONS=many}.
 */
@Context
final class SettingsCheck {
    private static final String OURS = "io.sluice.";

    SettingsCheck(BeanContext beans, Environment environment) {
        for (var config : beans.getBeanDefinitions(Qualifiers.byStereotype(ConfigurationReader.class))) {
            if (config.getBeanType().getName().startsWith(OURS)) {
                for (var setting : config.getConstructor().getArguments()) {
                    check(environment, setting);
                }
            }
        }
    }

    private static void check(Environment environment, Argument<?> setting) {
        var key = setting.getAnnotationMetadata().stringValue(Property.class, "name");
        if (key.isEmpty()) {
            return;
        }
        var given = environment.getProperty(key.get(), String.class).orElse("");
        if (!given.isBlank() && environment.getProperty(key.get(), setting).isEmpty()) {
            throw new ConfigurationException(
                    key.get() + " must be " + kindOf(setting.getType()) + ", is '" + given + "'");
        }
    }

    private static String kindOf(Class<?> type) {
        return switch (type.getSimpleName()) {
            case "int", "long", "Integer", "Long" -> "a whole number";
            case "Duration" -> "a duration such as 500ms, 10s or 5m";
            case "boolean", "Boolean" -> "true or false";
            default -> "a " + type.getSimpleName();
        };
    }
}
