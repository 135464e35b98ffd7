package io.fanwire.loadtest.chaos;

/** Kubernetes takes a pod's endpoint away and tells the pod to end, in no order that it promises. */
public enum EndpointRemoval {
    /** Nobody new comes any more when the node is told. */
    BEFORE,
    /** The node is told while clients still come. */
    AFTER
}
