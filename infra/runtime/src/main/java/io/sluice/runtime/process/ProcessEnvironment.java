package io.sluice.runtime.process;

import io.micronaut.context.env.MapPropertySource;
import io.micronaut.context.env.PropertySource;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The environment variables of this process, and those of the file {@code .env} in the current folder. A variable of the
 * process wins over the file's.
 */
public final class ProcessEnvironment {
    /** Names another file; when it is set but empty, no file is read. */
    static final String FILE = "SLUICE_ENV_FILE";

    private static final Logger LOG = LoggerFactory.getLogger(ProcessEnvironment.class);
    private static final int MAX_BYTES = 1 << 20;
    /** Variables that are read before the file is. */
    private static final List<String> TOO_LATE = List.of(FILE, "SLUICE_JAVA_OPTS", "SLUICE_JDK_DIRS");

    /** The AWS SDK reads the variables of the process only, and before them these system properties. */
    private static final Map<String, String> AWS_PROPERTIES = Map.of(
            "AWS_ACCESS_KEY_ID", "aws.accessKeyId",
            "AWS_SECRET_ACCESS_KEY", "aws.secretAccessKey",
            "AWS_SESSION_TOKEN", "aws.sessionToken",
            "AWS_REGION", "aws.region",
            "AWS_PROFILE", "aws.profile");

    /** What this process has logged; {@code up} starts many services in one process and must log it only once. */
    private static final Set<String> LOGGED = ConcurrentHashMap.newKeySet();

    private final Map<String, String> process;
    private final Map<String, String> file;
    private final String fileName;

    private ProcessEnvironment(Map<String, String> process, Map<String, String> file, String fileName) {
        this.process = process;
        this.file = file;
        this.fileName = fileName;
    }

    /**
     * Reads the variables.
     *
     * @throws EnvironmentFileException when the file cannot be read
     */
    public static ProcessEnvironment read() {
        return of(System.getenv(), Path.of(""));
    }

    static ProcessEnvironment of(Map<String, String> process, Path folder) {
        var named = process.get(FILE);
        var path = folder.resolve(named == null ? ".env" : named).toAbsolutePath();
        // a folder .env is a virtual environment of Python
        var isAbsent = named == null ? !Files.exists(path) || Files.isDirectory(path) : named.isBlank();
        if (isAbsent) {
            return new ProcessEnvironment(process, new TreeMap<>(), "");
        }
        var variables = EnvironmentFile.parse(path.toString(), textOf(path));
        TOO_LATE.stream().filter(variables::containsKey).findFirst().ifPresent(name -> {
            throw new EnvironmentFileException(
                    "%s sets %s, which is read before this file is: export it instead".formatted(path, name));
        });
        return new ProcessEnvironment(process, variables, path.toString());
    }

    private static String textOf(Path path) {
        try (InputStream in = Files.newInputStream(path)) {
            var bytes = in.readNBytes(MAX_BYTES + 1);
            if (bytes.length > MAX_BYTES) {
                throw new EnvironmentFileException("%s has more than %d bytes".formatted(path, MAX_BYTES));
            }
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new EnvironmentFileException(path + " is not UTF-8");
        } catch (NoSuchFileException e) {
            throw new EnvironmentFileException("%s=%s is not there".formatted(FILE, path));
        } catch (IOException e) {
            throw new EnvironmentFileException("%s cannot be read (%s)".formatted(path, e));
        }
    }

    /** {@return every variable} */
    public Map<String, String> variables() {
        var all = new TreeMap<String, String>(file);
        all.putAll(process);
        return all;
    }

    /** {@return the variables that only the file sets} */
    Map<String, String> added() {
        var added = new TreeMap<String, String>(file);
        added.keySet().removeAll(process.keySet());
        return added;
    }

    /** Logs once which variables come from the file, without their values. */
    public void log() {
        if (!file.isEmpty() && LOGGED.add(fileName)) {
            var ignored = new TreeSet<>(file.keySet());
            ignored.retainAll(process.keySet());
            LOG.info(
                    "Read settings from {}: {}{}",
                    fileName,
                    String.join(", ", added().keySet()),
                    ignored.isEmpty() ? "" : "; the environment sets already: " + String.join(", ", ignored));
        }
    }

    /** {@return the variables that only the file sets, as settings} */
    PropertySource source(int position) {
        return new MapPropertySource(".env", added()) {
            @Override
            public PropertyConvention getConvention() {
                return PropertyConvention.ENVIRONMENT_VARIABLE;
            }

            @Override
            public int getOrder() {
                return position;
            }
        };
    }

    /** Lets the AWS SDK see the file's credentials and region. */
    void lendToAwsSdk() {
        added().forEach((name, value) -> {
            var property = AWS_PROPERTIES.get(name);
            if (property != null && System.getProperty(property) == null) {
                System.setProperty(property, value);
            }
        });
    }

    /** {@return the file's name and no values} */
    @Override
    public String toString() {
        return "ProcessEnvironment[" + fileName + "]";
    }
}
