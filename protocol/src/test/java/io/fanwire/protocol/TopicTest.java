package io.fanwire.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TopicTest {
    @ParameterizedTest
    @ValueSource(strings = {"news", "news:world", "a:b:c", "user:42/inbox", "A-_.~/@+=,z"})
    void acceptsWhatTheGrammarAllows(String name) {
        assertThat(new Topic(name).name()).isEqualTo(name);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "a b", "news:wörld", "a\u0000", ":rest", "ns:", "a\nb", "*", "{tag}"})
    void refusesWhatBreaksTheGrammar(String name) {
        assertThatThrownBy(() -> new Topic(name)).isInstanceOf(InvalidTopicException.class);
    }

    @Test
    void saysWhatToMend() {
        assertThatThrownBy(() -> new Topic("news world"))
                .hasMessage("a topic must not contain U+0020 (at index 4); allowed are A–Z a–z 0–9 and"
                        + " - _ . ~ / : @ + = ,");
        assertThatThrownBy(() -> new Topic("x".repeat(201)))
                .hasMessage("a topic has at most 200 characters, this one has 201");
    }

    @Test
    void namespaceStandsBeforeTheFirstColon() {
        assertThat(new Topic("news:world:today").namespace()).isEqualTo("news");
        assertThat(new Topic("news").namespace()).isEmpty();
    }
}
