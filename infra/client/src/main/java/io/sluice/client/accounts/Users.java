package io.sluice.client.accounts;

import io.sluice.client.http.Answer;
import io.sluice.client.http.HttpCaller;
import io.sluice.client.http.UrlText;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.List;

/** The calls for users. All but {@link #me} are for admins. */
public final class Users {
    private static final String USERS = "/api/v1/users";

    private final HttpCaller http;

    public Users(HttpCaller http) {
        this.http = http;
    }

    /** {@return the account that the token of this call belongs to} */
    public Answer<Me> me() throws IOException {
        return http.json(http.request("/api/v1/me"), Me::of);
    }

    /** {@return all users} */
    public Answer<List<User>> list() throws IOException {
        return http.json(
                http.request(USERS),
                body -> body.path("users").valueStream().map(User::of).toList());
    }

    /** Adds a user. The gateway refuses a name that is taken with 409. */
    public Answer<User> add(Login login, String role) throws IOException {
        var json = UserChange.ofPassword(login.password()).withRole(role).json().put("username", login.username());
        return http.json(
                http.request(USERS)
                        .header("Content-Type", "application/json")
                        .POST(BodyPublishers.ofString(json.toString())),
                User::of);
    }

    /** Changes a user. The gateway refuses with 409 what would leave no enabled admin. */
    public Answer<User> change(String username, UserChange change) throws IOException {
        return http.json(
                http.request(path(username))
                        .header("Content-Type", "application/json")
                        .method("PATCH", BodyPublishers.ofString(change.json().toString())),
                User::of);
    }

    /** Erases a user and everything that belongs to the user. {@return the id of the job} */
    public Answer<String> delete(String username) throws IOException {
        return http.json(
                http.request(path(username)).DELETE(),
                body -> body.path("job_id").asText());
    }

    private static String path(String username) {
        return USERS + "/" + UrlText.encoded(username);
    }
}
