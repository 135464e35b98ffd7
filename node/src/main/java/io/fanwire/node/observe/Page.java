package io.fanwire.node.observe;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;

/**
 * What the admin port answers.
 *
 * @param status of HTTP
 * @param type of the body
 */
record Page(int status, String type, String body) {
    private static final ObjectMapper JSON = new ObjectMapper();

    static Page text(int status, String line) {
        return new Page(status, "text/plain; charset=utf-8", line + "\n");
    }

    static Page metrics(String scraped) {
        return new Page(200, "text/plain; version=0.0.4; charset=utf-8", scraped);
    }

    /** @param value a record, or what else Jackson knows to write */
    static Page json(int status, Object value) {
        try {
            return new Page(status, "application/json", JSON.writeValueAsString(value) + "\n");
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("not to be written as JSON: " + value, e);
        }
    }
}
