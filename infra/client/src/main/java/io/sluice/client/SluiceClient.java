package io.sluice.client;

import io.sluice.client.accounts.ApiKeys;
import io.sluice.client.accounts.Users;
import io.sluice.client.deadletters.DeadLetters;
import io.sluice.client.face.Faces;
import io.sluice.client.http.Credentials;
import io.sluice.client.http.Deadlines;
import io.sluice.client.http.HttpCaller;
import io.sluice.client.imports.Imports;
import io.sluice.client.jobs.Jobs;
import io.sluice.client.photo.Photos;
import io.sluice.client.pipelines.Pipelines;
import io.sluice.client.product.BulkProducts;
import io.sluice.client.product.Products;
import io.sluice.client.search.Search;
import java.net.URI;

/**
 * The calls of a gateway, by feature. If the gateway refuses a call, the call returns an
 * {@link io.sluice.client.http.Answer.Refused}. If the gateway does not answer, the call throws an
 * {@link java.io.IOException}. Threads may share a client.
 */
public final class SluiceClient implements AutoCloseable {
    private final HttpCaller http;
    private final Products products;
    private final BulkProducts bulk;
    private final Search search;
    private final Imports imports;
    private final Photos photos;
    private final Faces faces;
    private final Jobs jobs;
    private final Pipelines pipelines;
    private final Users users;
    private final ApiKeys apiKeys;
    private final DeadLetters deadLetters;

    /** Makes a client without a token. The first call connects. */
    public SluiceClient(URI gateway) {
        this(gateway, Credentials.none());
    }

    /** Makes a client whose calls carry a token. */
    public SluiceClient(URI gateway, Credentials credentials) {
        this(gateway, credentials, Deadlines.ofDefaults());
    }

    /** Makes a client with other deadlines. */
    public SluiceClient(URI gateway, Credentials credentials, Deadlines deadlines) {
        this.http = new HttpCaller(gateway, deadlines, credentials);
        this.products = new Products(http);
        this.bulk = new BulkProducts(http);
        this.search = new Search(http);
        this.imports = new Imports(http);
        this.photos = new Photos(http);
        this.faces = new Faces(http);
        this.jobs = new Jobs(http);
        this.pipelines = new Pipelines(http);
        this.users = new Users(http);
        this.apiKeys = new ApiKeys(http);
        this.deadLetters = new DeadLetters(http);
    }

    /** {@return the calls for one product} */
    public Products products() {
        return products;
    }

    /** {@return the call for many products} */
    public BulkProducts bulk() {
        return bulk;
    }

    /** {@return the search calls} */
    public Search search() {
        return search;
    }

    /** {@return the calls for imports} */
    public Imports imports() {
        return imports;
    }

    /** {@return the calls for photos and galleries} */
    public Photos photos() {
        return photos;
    }

    /** {@return the calls for the caller's face} */
    public Faces faces() {
        return faces;
    }

    /** {@return the calls for jobs} */
    public Jobs jobs() {
        return jobs;
    }

    /** {@return the calls for pipelines} */
    public Pipelines pipelines() {
        return pipelines;
    }

    /** {@return the calls for users} */
    public Users users() {
        return users;
    }

    /** {@return the calls for API keys} */
    public ApiKeys apiKeys() {
        return apiKeys;
    }

    /** {@return the calls for dead letters} */
    public DeadLetters deadLetters() {
        return deadLetters;
    }

    @Override
    public void close() {
        http.close();
    }
}
