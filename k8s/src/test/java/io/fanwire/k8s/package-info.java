/** Holds what kubectl gets against Kubernetes' own types, and against what a node needs. */
@NullMarked
package io.fanwire.k8s;

import org.jspecify.annotations.NullMarked;
