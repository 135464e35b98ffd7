package io.fanwire.loadtest.report;

import io.fanwire.loadtest.ledger.Account;
import java.util.List;

/**
 * One column of the account of messages, which the page shows as a line.
 *
 * @param rule whether it has to be 0
 */
record AccountRow(String name, String value, String meaning, Rule rule) {
    enum Rule {
        NONE,
        KEPT,
        BROKEN;

        boolean isKept() {
            return this == KEPT;
        }

        boolean isBroken() {
            return this == BROKEN;
        }
    }

    static List<AccountRow> of(Account account) {
        return List.of(
                plain("acknowledged", account.acknowledged(), "Publications that a node said it took."),
                plain(
                        "unacknowledged",
                        account.unacknowledged(),
                        "Publications without an answer, or refused: each may have happened or not."),
                plain(
                        "expected",
                        account.expected(),
                        "Deliveries of acknowledged publications that were due, one for each subscriber."),
                plain("delivered", account.delivered(), "Of them, those that came, each counted once."),
                plain(
                        "duplicates on the wire",
                        account.duplicatesOnTheWire(),
                        "Deliveries that nodes sent again, as they may after a reconnect; the client library drops them."),
                zero(
                        "duplicates seen",
                        account.duplicatesSeen(),
                        "Deliveries that came again and that the client library let through."),
                zero("out of order", account.outOfOrder(), "Deliveries that came after a later one of their topic."),
                plain(
                        "gaps told",
                        account.gaps(),
                        "Gap events that subscribers got; they named " + Numbers.count(account.gapPositions())
                                + " positions."),
                plain(
                        "missing, told",
                        account.missingTold(),
                        "Deliveries that did not come, and the subscriber was told so by a gap event."),
                zero(
                        "missing in silence",
                        account.missingInSilence(),
                        "Deliveries that did not come, and no node said so. The one thing that must never be."),
                plain(
                        "noticed by the client library",
                        account.unexplained(),
                        "Among those missing in silence: the next offset showed the client library that there was a hole."),
                zero("corrupted", account.corrupted(), "Payloads that are not what was published."));
    }

    private static AccountRow plain(String name, long value, String meaning) {
        return new AccountRow(name, Numbers.count(value), meaning, Rule.NONE);
    }

    private static AccountRow zero(String name, long value, String meaning) {
        return new AccountRow(name, Numbers.count(value), meaning, value == 0 ? Rule.KEPT : Rule.BROKEN);
    }
}
