package io.sluice.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import com.fasterxml.jackson.databind.node.TextNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever a record has in it, a verb prints no control character but the line break at the end of its own lines. */
class HostileTextTest {
    private static final String HOSTILE =
            "a\u001b[2J\u001b]0;title\u0007\rb\nFORGED\u0000\b\t\u007f\u0085\u009bc\u2028\u2029\u202e\u2066\u200b\u200dd\ufeff";
    private static final String TEXT = TextNode.valueOf(HOSTILE).toString();
    /** Written without the code under test. */
    private static final String HIDDEN =
            "[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff]|(?m)^FORGED";

    private static final String LETTERS = "/api/v1/admin/dead-letters";

    private final TestShell shell = new TestShell();
    private FakeGateway gateway;

    @BeforeEach
    void start() throws IOException {
        gateway = new FakeGateway();
        shell.with("SLUICE_URL", gateway.url());
    }

    @AfterEach
    void stop() {
        gateway.close();
    }

    static Stream<Arguments> printers() {
        var import1 = """
                {"import_id":@,"status":"failed","kind":@,"file_name":@,"created_at":@,"format":@,"encoding":@,
                 "delimiter":@,"sheet":@,"notes":[@],"error":{"code":@,"message":@},"rows_rejected":1}""";
        var letter = """
                {'id':@,'key':@,'code':@,'message':@,'failed_at':@,'state':@,'job_id':@,'headers':{@:@},
                 'value_base64':@,'text':@,'history':[{'at':@,'who':@,'what':@,'detail':@}]}""";
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
                        "jobs",
                        "/api/v1/jobs",
                        "{'jobs':[{'job_id':@,'kind':@,'status':'retrying','subject':@,'created_at':@,"
                                + "'next_attempt_at':@,'error':{'code':@,'message':@}}]}"),
                arguments(
                        "pipelines",
                        "/api/v1/admin/pipelines",
                        "{'pipelines':[{'name':@,'status':@,'by':@,'reason':@,'since':@}]}"),
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
                arguments(
                        "users list",
                        "/api/v1/users",
                        "{'users':[{'username':@,'role':@,'disabled':true,'created_at':@}]}"),
                arguments(
                        "keys list",
                        "/api/v1/api-keys",
                        "{'keys':[{'id':@,'name':@,'role':@,'created_at':@,'last_used_at':@}]}"));
    }

    @ParameterizedTest
    @MethodSource("printers")
    void anAnswer(String verb, String path, String answer) {
        gateway.answering(path, 200, json(answer));

        assertThat(shell.run(verb.split(" "))).isZero();

        assertThat(shell.out()).containsIgnoringCase("a\\u001b[2J").doesNotContainPattern(HIDDEN);
        assertThat(shell.err()).doesNotContainPattern(HIDDEN);
    }

    @ParameterizedTest
    @MethodSource("printers")
    void aProblem(String verb, String path, String answer) {
        gateway.answering(path, 422, json("{'code':@,'title':@,'detail':@,'errors':[{'field':@,'message':@}]}"));

        assertThat(shell.run(verb.split(" "))).isEqualTo(1);

        assertThat(shell.err())
                .contains("a\\u001b[2J")
                .doesNotContainPattern(HIDDEN)
                .hasLineCount(1);
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
