package io.fanwire.loadtest.ledger;

import java.util.List;

/**
 * A ledger, reconciled.
 *
 * @param deliveredUnacknowledged without being acknowledged: publications whose acknowledgement was lost, or that others published
 * @param losses the first ones that nobody told, or only the client library noticed; empty if there are none
 */
public record Reconciliation(Account account, long deliveredUnacknowledged, List<Loss> losses) {
    public Reconciliation {
        losses = List.copyOf(losses);
    }

    static Reconciliation of(LedgerPart part) {
        Balance balance = new Balance(part.topics());
        part.subscribers().forEach(balance::add);
        return balance.close();
    }
}
