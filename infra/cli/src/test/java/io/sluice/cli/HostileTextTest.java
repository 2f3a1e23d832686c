package io.sluice.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import com.fasterxml.jackson.databind.node.TextNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever a record has in it, a verb prints no control character but the line break at the end of its own lines. */
class HostileTextTest {
    static final String HOSTILE =
            "a\u001b[2J\u001b]0;title\u0007\rb\nFORGED\u0000\b\t\u007f\u0085\u009bc\u2028\u2029\u202e\u2066\u200b\u200dd\ufeff";
    private static final String TEXT = TextNode.valueOf(HOSTILE).toString();
    /** Written without the code under test. */
    static final String HIDDEN =
            "[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff]|(?m)^FORGED";

    private static final String LETTERS = "/api/v1/admin/dead-letters";
    private static final String FACE = "/api/v1/me/face";

    @AutoClose
    private final FakeGateway gateway = new FakeGateway();

    private final TestShell shell = new TestShell().with("SLUICE_URL", gateway.url());

    static Stream<Arguments> printers() {
        var import1 = """
                {"import_id":@,"status":"failed","kind":@,"file_name":@,"created_at":@,"format":@,"encoding":@,
                 "delimiter":@,"sheet":@,"notes":[@],"error":{"code":@,"message":@},"rows_rejected":1}""";
        var letter = """
                {'id':@,'key':@,'code':@,'message':@,'failed_at':@,'state':@,'job_id':@,'headers':{@:@},
                 'value_base64':@,'text':@,'history':[{'at':@,'who':@,'what':@,'detail':@}]}""";
        var user = "{'username':@,'role':@,'disabled':true,'created_at':@}";
        var pipeline = "{'name':@,'status':@,'by':@,'reason':@,'since':@}";
        return Stream.of(
                arguments("search x", "/api/v1/search", "{'results':[{'product_id':@,'name':@,'score':1}]}"),
                arguments("products get x", "/api/v1/products/x", "{'product_id':@,'metadata':{@:[@]}}"),
                arguments("products delete x", "/api/v1/products/x", "{'status':@,'job_id':@}"),
                arguments("index --id a --name b --description c", "/api/v1/index-product", "{'status':@,'job_id':@}"),
                arguments(
                        "jobs x",
                        "/api/v1/jobs/x",
                        "{'job_id':@,'status':'dead','stages':[{'stage':@,'at':@}],'error':{'code':@,'message':@}}"),
                arguments("imports", "/api/v1/imports", "{'imports':[" + import1 + "]}"),
                arguments("imports x", "/api/v1/imports/x", import1),
                arguments(
                        "photos --all",
                        "/api/all-photos",
                        "{'photos':[{'photo_id':@,'file_name':@,'owner':@,'status':'queued','taken_at':@,'uploaded_at':@}],"
                                + "'next':@}"),
                arguments("face enroll pom.xml --consent --no-wait", FACE, "{'job_id':@}"),
                arguments("face status", FACE, "{'enrolled':true,'enrolled_at':@,'photos':3}"),
                arguments("face forget --no-wait", FACE, "{'job_id':@}"),
                arguments(
                        "jobs",
                        "/api/v1/jobs",
                        "{'jobs':[{'job_id':@,'kind':@,'status':'retrying','subject':@,'created_at':@,"
                                + "'next_attempt_at':@,'error':{'code':@,'message':@}}]}"),
                arguments("pipelines", "/api/v1/admin/pipelines", "{'pipelines':[" + pipeline + "]}"),
                arguments(
                        "dead-letters list",
                        LETTERS,
                        "{'groups':[{'topic':@,'pipeline':@,'code':@,'open':1,'oldest':@,'newest':@,'sample':" + letter
                                + "}]}"),
                arguments("dead-letters list t", LETTERS + "/t", "{'letters':[" + letter + "]}"),
                arguments("dead-letters show t 0-1", LETTERS + "/t/0-1", letter),
                arguments("dead-letters show t 0-1 --json", LETTERS + "/t/0-1", letter),
                arguments("dead-letters export t", LETTERS + "/t", "{'letters':[" + letter + "]}"),
                arguments("dead-letters redrive t 0-1", LETTERS + "/t/0-1/redrive", "{'job_id':@}"),
                arguments("pipelines pause x --reason y", "/api/v1/admin/pipelines/x/pause", pipeline),
                arguments("pipelines resume x", "/api/v1/admin/pipelines/x/resume", pipeline),
                arguments("users add x --password-stdin", "/api/v1/users", user),
                arguments("users passwd x --password-stdin", "/api/v1/users/x", user),
                arguments("users role x user", "/api/v1/users/x", user),
                arguments("users enable x", "/api/v1/users/x", user),
                arguments("users disable x", "/api/v1/users/x", user),
                arguments("users delete x", "/api/v1/users/x", "{'job_id':@}"),
                arguments("keys add x", "/api/v1/api-keys", "{'id':@,'name':@,'role':@,'created_at':@,'key':@}"),
                arguments("users list", "/api/v1/users", "{'users':[" + user + "]}"),
                arguments(
                        "keys list",
                        "/api/v1/api-keys",
                        "{'keys':[{'id':@,'name':@,'role':@,'created_at':@,'last_used_at':@}]}"));
    }

    @ParameterizedTest
    @MethodSource("printers")
    void anAnswer(String verb, String path, String answer) {
        gateway.answering(path, 200, json(answer));

        assertThat(shell.runWith("p", verb.split(" ", -1))).isZero();

        assertThat(shell.out()).containsIgnoringCase("a\\u001b[2J").doesNotContainPattern(HIDDEN);
        assertThat(shell.err()).doesNotContainPattern(HIDDEN);
    }

    @ParameterizedTest
    @MethodSource("printers")
    void aProblem(String verb, String path, String answer) {
        gateway.answering(path, 422, json("{'code':@,'title':@,'detail':@,'errors':[{'field':@,'message':@}]}"));

        assertThat(shell.runWith("p", verb.split(" ", -1))).isEqualTo(1);

        assertThat(shell.err())
                .contains("a\\u001b[2J")
                .doesNotContainPattern(HIDDEN)
                .hasLineCount(1);
    }

    /** A new verb needs a line above, or its name here. */
    @Test
    void everyVerbIsTested() {
        var printers = printers().map(printer -> String.valueOf(printer.get()[0]));
        var others = Stream.of(
                // they start servers, and print what Sluice itself says
                "demo",
                "up",
                "stack",
                "run",
                // they print what the person typed, which EveryVerbTest checks, and nothing of an answer
                "help",
                "login",
                "logout",
                "keys delete",
                "photos recognize",
                "users reset-admin",
                "dead-letters discard",
                "models list",
                "models pull",
                "models verify",
                "models generate",
                "samples photos",
                // below
                "import",
                "dead-letters edit",
                "watch",
                // TopicVerbsIT
                "topics list",
                "topics read",
                "topics send");
        var tested = Stream.concat(printers, others).toList();

        assertThat(EveryVerbTest.verbs())
                .allSatisfy(verb -> assertThat(tested)
                        .anySatisfy(line -> assertThat(line + " ").startsWith(verb + " ")));
    }

    @Test
    void anImport(@TempDir Path folder) throws IOException {
        gateway.answering("/api/v1/imports", 202, json("{'import_id':'x','job_id':@,'status':'queued'}"))
                .answering("/api/v1/imports/x", 200, json("""
                        {'import_id':'x','status':'succeeded','kind':@,'file_name':@,'format':@,'encoding':@,
                         'delimiter':@,'sheet':@,'notes':[@],'rows_rejected':1}"""))
                .answering("/api/v1/imports/x/errors", 200, json("{'errors':[{'row_number':2,'error':@}]}"));
        var file = Files.writeString(folder.resolve("a.csv"), "a\n1\n");

        assertThat(shell.run("import", file.toString(), "--kind", "companies"))
                .as(() -> shell.err())
                .isEqualTo(3);

        assertThat(shell.out()).contains("a\\u001b[2J").doesNotContainPattern(HIDDEN);
        assertThat(shell.err()).doesNotContainPattern(HIDDEN);
    }

    @Test
    void aWatchedFolder(@TempDir Path folder) throws IOException {
        gateway.answering("/api/v1/me", 200, json("{'username':@,'role':@}"))
                .answering(
                        "/api/v1/photos",
                        202,
                        json("{'photos':[{'file_name':@,'status':'rejected','error':{'code':@,'message':@}}]}"));
        Files.writeString(folder.resolve(HOSTILE.replace("\0", "") + ".gif"), "GIF89a");
        Files.writeString(folder.resolve("a." + HOSTILE.substring(0, 3)), "an extension of its own");

        assertThat(shell.run("watch", folder.toString(), "--once", "--every", "0s", "--settle", "0s"))
                .as(() -> shell.err())
                .isEqualTo(3);

        assertThat(shell.out()).contains("a\\u001b[2J").doesNotContainPattern(HIDDEN);
        assertThat(shell.err()).contains("as a\\u001b[2J").doesNotContainPattern(HIDDEN);
    }

    @Test
    void anEditThatIsRefused() {
        gateway.answering(
                LETTERS + "/t/0-1/redrive",
                409,
                json("{'errors':[{'field':@,'message':@}],'diff':[{'field':@,'newer':@,'yours':{@:@}}]}"));

        assertThat(shell.runWith("{}", "dead-letters", "edit", "t", "0-1", "--file", "-"))
                .isEqualTo(1);

        assertThat(shell.out()).contains("a\\u001b[2J").doesNotContainPattern(HIDDEN);
    }

    @Test
    void rejectedRows(@TempDir Path folder) {
        gateway.answering("/api/v1/imports/x", 200, json("{'import_id':'x','status':'succeeded','rows_rejected':1}"))
                .answering("/api/v1/imports/x/errors", 200, json("{'errors':[{'row_number':2,'error':@}]}"));

        assertThat(shell.run("imports", "x", "--errors", folder.resolve("e.csv").toString()))
                .isZero();

        assertThat(shell.out()).contains("a\\u001b[2J").doesNotContainPattern(HIDDEN);
    }

    @Test
    void rejectedProducts(@TempDir Path folder) throws IOException {
        var file = Files.writeString(
                folder.resolve("products.ndjson"),
                json("{'product_id':@,'name':'b','description':'c'}").replace("\n", ""));
        gateway.answering("/api/v1/products:batch", 202, json("{'status':'rejected','error':{'detail':@}}\n"));

        assertThat(shell.run("index", file.toString())).isEqualTo(3);

        assertThat(shell.out()).contains("a\\u001b[2J").doesNotContainPattern(HIDDEN);
    }

    private static String json(String pattern) {
        return pattern.replace('\'', '"').replace("@", TEXT);
    }
}
