package io.sluice.local.demo;

import static io.sluice.local.demo.DemoFailedException.refused;

import io.sluice.client.SluiceClient;
import io.sluice.client.accounts.Login;
import io.sluice.client.accounts.SignIn;
import io.sluice.client.accounts.UserChange;
import io.sluice.client.http.Answer;
import io.sluice.client.http.Credentials;
import io.sluice.client.http.FileInMemory;
import io.sluice.client.photo.Photo;
import io.sluice.samplephotos.SamplePhoto;
import io.sluice.schemas.job.JobStatus;
import io.sluice.schemas.text.VisibleLines;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.TimeUnit;

/**
 * Makes a user of a person on the sample photos, enrolls the person's selfie, and checks that the user's gallery has
 * exactly the photos that show the person.
 */
final class PersonSearch {
    private static final Duration LOOK_AGAIN = Duration.ofMillis(100);
    private static final String ROLE = "user";
    private static final int PAGE = 200;

    private final SluiceClient admin;
    private final URI gateway;
    private final VisibleLines out;
    private final Duration patience;

    /**
     * Prepares the search for one person.
     *
     * @param admin calls as an admin, who may make the user
     * @param patience how long the photos may take to be found
     */
    PersonSearch(SluiceClient admin, URI gateway, VisibleLines out, Duration patience) {
        this.admin = admin;
        this.gateway = gateway;
        this.out = out;
        this.patience = patience;
    }

    /**
     * Runs the search.
     *
     * @param selfie of the person
     * @param truth the ids of the photos that show the person
     */
    void run(SamplePhoto selfie, Set<String> truth) throws IOException, DemoFailedException, InterruptedException {
        var person = selfie.people().getFirst().name();
        var login = new Login(
                "demo-" + person.toLowerCase(Locale.ROOT), UUID.randomUUID().toString());
        addUser(login);
        try (var signIn = new SignIn(gateway, Clock.systemUTC())) {
            var token = signIn.login(login)
                    .orElseThrow(problem -> refused("the login of " + login.username(), problem))
                    .accessToken();
            try (var user = new SluiceClient(gateway, Credentials.of(token))) {
                var job = enroll(user, selfie);
                if (job.isPresent()) {
                    awaitEnd(user, job.get());
                    awaitGallery(user, truth);
                    out.printf(
                            "The user %s enrolled a selfie, and finds the %d photos that show %s, and no other.%n",
                            login.username(), truth.size(), person);
                }
            }
        }
    }

    /** A demo that runs again over the same data folder gives the user another password. */
    private void addUser(Login login) throws IOException, DemoFailedException {
        var added = admin.users().add(login, ROLE);
        if (added.status() == HttpURLConnection.HTTP_CONFLICT) {
            added = admin.users().change(login.username(), UserChange.ofPassword(login.password()));
        }
        var _ = added.orElseThrow(problem -> refused("the new user " + login.username(), problem));
    }

    /** {@return the id of the job; empty while faces are off} */
    private Optional<String> enroll(SluiceClient user, SamplePhoto selfie) throws IOException, DemoFailedException {
        var file = new FileInMemory("selfie.jpg", "image/jpeg", selfie.jpeg());
        var answer = user.faces().enroll(file, true); // the person is drawn
        if (answer instanceof Answer.Refused<String>(var problem, var _)
                && problem.code().equals("FACES_OFF")) {
            out.println("Faces are off, so the demo looks for no person. SLUICE_FACES=on turns them on.");
            return Optional.empty();
        }
        return Optional.of(answer.orElseThrow(problem -> refused("the selfie", problem)));
    }

    private void awaitEnd(SluiceClient user, String jobId)
            throws IOException, DemoFailedException, InterruptedException {
        var deadline = System.nanoTime() + patience.toNanos();
        while (true) {
            var job = user.jobs().find(jobId).orElseThrow(problem -> refused("the job of the selfie", problem));
            if (job.status() == JobStatus.SUCCEEDED) {
                return;
            }
            if (job.hasEnded() || System.nanoTime() > deadline) {
                throw new DemoFailedException("the selfie is not enrolled: " + job.status() + " " + job.error());
            }
            TimeUnit.NANOSECONDS.sleep(LOOK_AGAIN.toNanos());
        }
    }

    private void awaitGallery(SluiceClient user, Set<String> truth)
            throws IOException, DemoFailedException, InterruptedException {
        var deadline = System.nanoTime() + patience.toNanos();
        var found = found(user);
        while (!found.equals(truth)) {
            if (System.nanoTime() > deadline) {
                throw new DemoFailedException(
                        "the gallery of the selfie has the photos " + found + " instead of " + truth);
            }
            TimeUnit.NANOSECONDS.sleep(LOOK_AGAIN.toNanos());
            found = found(user);
        }
    }

    private static Set<String> found(SluiceClient user) throws IOException, DemoFailedException {
        var found = new TreeSet<String>();
        var next = "";
        do {
            var page = user.photos().mine(next, PAGE).orElseThrow(problem -> refused("the gallery", problem));
            page.photos().stream().map(Photo::id).forEach(found::add);
            next = page.next();
        } while (!next.isEmpty());
        return found;
    }
}
