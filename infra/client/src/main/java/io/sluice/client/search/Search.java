package io.sluice.client.search;

import io.sluice.client.http.Answer;
import io.sluice.client.http.FilePart;
import io.sluice.client.http.HttpCaller;
import io.sluice.client.http.MultipartForm;
import io.sluice.client.http.UrlText;
import java.io.IOException;

/** Searches products. */
public final class Search {
    private static final String SEARCH = "/api/v1/search";

    private final HttpCaller http;

    public Search(HttpCaller http) {
        this.http = http;
    }

    /** Searches by text. */
    public Answer<SearchHits> find(SearchQuery query) throws IOException {
        return http.json(http.request(SEARCH + "?" + UrlText.query(query.parameters())), SearchHits::of);
    }

    /** Searches by picture, and by text too when the query has one. */
    public Answer<SearchHits> find(SearchQuery query, FilePart picture) throws IOException {
        var form = new MultipartForm();
        query.parameters().forEach(parameter -> form.field(parameter.getKey(), parameter.getValue()));
        form.file("image_file", picture);
        return http.json(
                http.request(SEARCH).header("Content-Type", form.contentType()).POST(form.body()), SearchHits::of);
    }
}
