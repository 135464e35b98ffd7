package io.fanwire.loadtest.chaos;

/** What a plan has made of a part. */
enum Condition {
    RUNNING("running"),
    DOWN("down"),
    PAUSED("paused"),
    CUT_OFF("disconnected");

    private final String text;

    Condition(String text) {
        this.text = text;
    }

    /** What makes it whole again; must not be asked of one that is. */
    Verb repair() {
        return switch (this) {
            case DOWN -> Verb.START;
            case PAUSED -> Verb.RESUME;
            case CUT_OFF -> Verb.RECONNECT;
            case RUNNING -> throw new IllegalStateException("it is whole");
        };
    }

    @Override
    public String toString() {
        return text;
    }
}
