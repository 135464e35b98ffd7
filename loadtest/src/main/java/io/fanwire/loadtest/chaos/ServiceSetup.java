package io.fanwire.loadtest.chaos;

import java.time.Duration;

/**
 * The Kubernetes Service that a plan wants before its nodes, and how their pods are watched and ended.
 *
 * @param probePeriod between two readiness probes of a node: {@code periodSeconds}
 * @param probeTimeout for the answer to one: {@code timeoutSeconds}
 * @param probeFailures one after the other that take a node out of the Service: {@code failureThreshold}
 * @param removal when a node that is drained leaves it: before SIGTERM or after it
 * @param removalDelay between the two
 */
public record ServiceSetup(
        Duration probePeriod,
        Duration probeTimeout,
        int probeFailures,
        EndpointRemoval removal,
        Duration removalDelay) {}
